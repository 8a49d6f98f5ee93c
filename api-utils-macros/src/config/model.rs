//! A struct that passed every check of the macro. What must not be cannot be written down here.

use proc_macro2::{Ident, Span};
use syn::{Expr, Generics, LitStr, Path, Type, Visibility};

/// What a root is told that reads no `JWT_SECRET`: by its fields at once, by its tree as a constant.
pub(crate) const NO_JWT_SECRET: &str = "nothing here reads a JWT_SECRET; \
    add `#[config(flatten)] jwt: JwtConfig`, or a field `jwt_secret: SecretString`, \
    or say why none is needed by `#[config(no_jwt_secret = \"…\")]`";

pub(crate) struct Input<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) visibility: &'a Visibility,
    pub(crate) generics: &'a Generics,
    pub(crate) krate: proc_macro2::TokenStream,
    pub(crate) role: Role,
    pub(crate) validate: Option<&'a Path>,
    pub(crate) fields: Vec<Field<'a>>,
}

/// What a struct is in a configuration.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Role {
    /// It is loaded, and its tree has a `JWT_SECRET`.
    Root,
    /// It is loaded, and says why it needs no `JWT_SECRET`.
    RootWithoutJwtSecret,
    /// It is a part of a root.
    Section,
}

pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) kind: Kind<'a>,
}

pub(crate) enum Kind<'a> {
    Setting(Box<Setting<'a>>),
    Section {
        prefix: String,
        /// How a document spells the prefix, where that is not its own text.
        key: String,
        /// The `Section` of `Option<Section>`, which may be absent as a whole.
        optional: Option<&'a Type>,
    },
    /// No setting: always the same.
    Skipped(Option<Expr>),
}

pub(crate) struct Setting<'a> {
    pub(crate) name: String,
    /// How a document spells the name, where that is not its own text.
    pub(crate) key: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) description: String,
    pub(crate) default: Default,
    pub(crate) delimiter: String,
    pub(crate) read_by: ReadBy,
    /// The `T` of `Option<T>`.
    pub(crate) inner: Option<&'a Type>,
    /// The fewest bytes of a secret.
    pub(crate) strength: Option<(Span, usize)>,
    /// Whether a text type may have such a name.
    pub(crate) sounds_secret: bool,
    pub(crate) rules: Vec<Rule>,
    pub(crate) required_if: Option<Condition>,
}

/// How a value becomes the field's type.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum ReadBy {
    /// By its own `FromValue`.
    Type,
    /// By `FromStr`.
    Parse,
    /// By serde's `Deserialize`.
    Serde,
}

/// What a value has to be.
pub(crate) enum Rule {
    Range(Expr),
    Len(Expr),
    OneOf(Expr),
    NonEmpty(Span),
    Validate(Path),
}

pub(crate) enum Default {
    None,
    /// Text for the parser of the field's type.
    Text(LitStr),
    /// An expression of the field's type.
    Expression(Expr),
}

/// `field` or `field == value`
pub(crate) struct Condition {
    pub(crate) field: Ident,
    pub(crate) value: Option<Expr>,
}
