//! The table of settings that the derive emits: all that is known of a struct without an instance.
//! Checks at compile time, the loader, and what describes a configuration read the same table.

/// A row of a struct's table, in the order of its fields.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// A field that is read by its name.
    Setting(Setting),
    /// A field that is a struct of settings itself.
    Section(Section),
    /// The derive refused this struct and said why; nothing more is known of it.
    Unknown,
}

/// One setting. Names have the prefix of their struct already, and not yet those of the sections
/// around it.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// What sources know it by.
    pub name: &'static str,
    /// The variable that names a file which holds it: the name with `_FILE`, here so that no load
    /// has to put it together.
    pub file: &'static str,
    /// How a document spells it, with a dot behind a table; nothing for its name in any case.
    pub key: &'static str,
    /// The field's documentation.
    pub description: &'static str,
    /// Whether its type is a secret one.
    pub secret: bool,
    /// Whether its type has a value for "not set".
    pub optional: bool,
    /// What holds where no source has it.
    pub default: DefaultValue,
    /// Former names, with the prefix of their struct like the name.
    pub aliases: &'static [&'static str],
    /// What separates the elements of a list that is given as text; nothing for "no list".
    pub delimiter: &'static str,
    /// The fewest bytes of a secret whose strength is checked; 0 for "not checked".
    pub strength: usize,
}

impl Setting {
    /// A required one without anything special, for the derive to change.
    pub const PLAIN: Self = Self {
        name: "",
        file: "",
        key: "",
        description: "",
        secret: false,
        optional: false,
        default: DefaultValue::None,
        aliases: &[],
        delimiter: "",
        strength: 0,
    };
}

/// What the program says for a setting that no source has.
#[derive(Clone, Copy, Debug)]
pub enum DefaultValue {
    /// Nothing: it is required, or optional by its type.
    None,
    /// Text for the parser of the field's type.
    Text(&'static str),
    /// An expression of the field's type, here as it was written.
    Expression(&'static str),
}

/// Settings of another struct, below a prefix.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// What stands before each of its names; often nothing.
    pub prefix: &'static str,
    /// How a document spells the prefix; nothing for the same in any case.
    pub key: &'static str,
    /// Whether the section may be absent as a whole.
    pub optional: bool,
    /// Its rows.
    pub entries: &'static [Entry],
}

/// Has settings that are found by name: what `#[derive(Config)]` implements.
///
/// There is nothing here to call; a root has its `load`, and a section is read with its root.
///
/// ```
/// use api_utils::Config;
///
/// #[derive(Config)]
/// #[config(section)]
/// struct Mail {
///     smtp_host: String,
/// }
///
/// fn is_section<T: api_utils::config::Load>() {}
/// is_section::<Mail>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no section of a configuration",
    label = "has no settings to read",
    note = "write `#[derive(Config)] #[config(section)]` above the struct, \
            or drop `flatten` for a single value"
)]
pub trait Load: Sized {
    #[doc(hidden)]
    const ENTRIES: &'static [Entry];

    #[doc(hidden)]
    fn __build(loader: &mut super::loader::Loader<'_>) -> Option<Self>;
}
