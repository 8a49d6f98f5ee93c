//! The roles of a service as a type.

/// The roles of a service: an enum that derives this.
///
/// A variant is a role under its name in `snake_case`, or under what `#[role("…")]` says.
///
/// ```
/// use api_utils::Roles;
///
/// #[derive(Roles)]
/// enum Role {
///     Admin,
///     #[role("billing:read")]
///     Billing,
/// }
///
/// assert_eq!(Role::NAMES, ["admin", "billing:read"]);
/// assert_eq!(Role::Billing.name(), "billing:read");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no enum of roles",
    label = "no roles",
    note = "write `#[derive(api_utils::Roles)]` above `enum {Self}`, or the role as a text"
)]
pub trait Roles {
    /// The text of each role, in the order of the variants.
    ///
    /// ```
    /// # use api_utils::Roles;
    /// #[derive(Roles)]
    /// enum Role { SuperAdmin }
    ///
    /// assert_eq!(Role::NAMES, ["super_admin"]);
    /// ```
    const NAMES: &'static [&'static str];

    /// The text of this role, as a token has it.
    ///
    /// ```
    /// # use api_utils::Roles;
    /// #[derive(Roles)]
    /// enum Role { Admin }
    ///
    /// assert_eq!(Role::Admin.name(), "admin");
    /// ```
    fn name(&self) -> &'static str;
}

/// The text of a variant, for rules: a constant cannot call [`Roles::name`].
#[must_use]
#[expect(clippy::panic, reason = "in a constant: a compile error")]
pub const fn role_name<R: Roles>(role: R, index: usize) -> &'static str {
    // A constant cannot run destructors, and a variant without fields has none.
    std::mem::forget(role);
    let mut index = index;
    let mut rest = R::NAMES;
    while let [name, tail @ ..] = rest {
        if index == 0 {
            return name;
        }
        index = index.saturating_sub(1);
        rest = tail;
    }
    panic!("this role has no name; derive `api_utils::Roles` instead of writing it by hand");
}

/// The texts of an enum of roles, for `roles Role;` in a table.
#[must_use]
pub const fn role_names<R: Roles>() -> &'static [&'static str] {
    R::NAMES
}
