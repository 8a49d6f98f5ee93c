//! Where the roles of a token are.

/// Where in the claims the roles are: one list, or several that are united.
///
/// A list is an array of strings under a path of member names; each segment is one name, whatever
/// is in it. A list that is not there adds no role; one of another type refuses the token.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, Issuer, RoleSource};
/// use serde_json::json;
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .roles(
///         RoleSource::at(["realm_access", "roles"])
///             .and(RoleSource::at(["https://id.example/groups"]).prefixed("group:")),
///     )
///     .build()?;
/// let minted = Issuer::of(&auth)?
///     .token("alice")
///     .claim("realm_access", json!({ "roles": ["editor"] }))
///     .claim("https://id.example/groups", ["staff"])
///     .mint()?;
/// assert!(auth.verify(&minted.token)?.roles().eq(["editor", "group:staff"]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RoleSource {
    pub(super) lists: Vec<RoleList>,
}

/// One list: the names on the way to it, and what is put before each role.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct RoleList {
    pub(super) path: Vec<Box<str>>,
    pub(super) prefix: Box<str>,
}

impl RoleSource {
    /// The list under a path.
    ///
    /// ```
    /// use api_utils::token::RoleSource;
    ///
    /// let roles = RoleSource::at(["resource_access", "my.client.id", "roles"]);
    /// assert_ne!(roles, RoleSource::default());
    /// assert_eq!(RoleSource::at(["roles"]), RoleSource::default());
    /// ```
    #[must_use]
    pub fn at<S: Into<String>>(path: impl IntoIterator<Item = S>) -> Self {
        Self {
            lists: vec![RoleList {
                path: path.into_iter().map(|name| name.into().into()).collect(),
                prefix: Box::default(),
            }],
        }
    }

    /// The roles of `other` too.
    ///
    /// ```
    /// use api_utils::token::RoleSource;
    /// let roles = RoleSource::at(["roles"]).and(RoleSource::at(["groups"]));
    /// ```
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.lists.extend(other.lists);
        self
    }

    /// The same roles with a text before each, so that those of two sources stay apart.
    ///
    /// ```
    /// use api_utils::token::RoleSource;
    /// let roles = RoleSource::at(["roles"]).and(RoleSource::at(["groups"]).prefixed("group:"));
    /// ```
    #[must_use]
    pub fn prefixed(mut self, prefix: impl AsRef<str>) -> Self {
        for list in &mut self.lists {
            list.prefix = [prefix.as_ref(), &*list.prefix].concat().into();
        }
        self
    }

    /// The claim `roles`, which the pass over the claims reads anyway.
    pub(in crate::token) fn is_default(&self) -> bool {
        match self.lists.as_slice() {
            [RoleList { path, prefix }] => {
                prefix.is_empty() && matches!(path.as_slice(), [only] if **only == *"roles")
            }
            _ => false,
        }
    }
}

/// The claim `roles`.
impl Default for RoleSource {
    fn default() -> Self {
        Self::at(["roles"])
    }
}
