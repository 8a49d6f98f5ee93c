//! Whether a root has its `JWT_SECRET`, checked over the whole tree while the user's crate is
//! compiled: the table of a section may come from another crate, so no macro sees all of it.

use super::full_name::{FullName, ends_with};
use super::table::Entry;

/// What every root has to have, unless it says why not.
const JWT_SECRET: &str = "JWT_SECRET";

/// Whether a root has the secret that verifies its tokens.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum JwtSecret {
    /// There is one, and it is required.
    Required,
    /// There is one that may be absent.
    Optional,
    /// There is one of a type that is no secret, and only the prefixes make it a JWT_SECRET.
    Plain,
    /// There is none.
    Absent,
}

/// Looks for a required setting of a secret type whose full name ends in `JWT_SECRET`.
///
/// One whose type is no secret counts where its own struct is refused for it already.
#[must_use]
pub const fn jwt_secret(entries: &[Entry]) -> JwtSecret {
    jwt_secret_below(entries, FullName::EMPTY)
}

/// Whether only the prefixes make it one. The full name is put together only where the name is a
/// part of what is looked for: doing so for all would be most of the work of a large tree.
const fn by_prefix(prefix: FullName, name: &str) -> bool {
    ends_with(JWT_SECRET, name) && ends_with(prefix.with(name).as_str(), JWT_SECRET)
}

const fn jwt_secret_below(entries: &[Entry], prefix: FullName) -> JwtSecret {
    let mut found = JwtSecret::Absent;
    let mut rest = entries;
    while let [first, others @ ..] = rest {
        rest = others;
        let here = match first {
            Entry::Unknown => JwtSecret::Required,
            Entry::Setting(setting) => {
                let by_itself = ends_with(setting.name, JWT_SECRET);
                if !by_itself && !by_prefix(prefix, setting.name) {
                    JwtSecret::Absent
                } else if !by_itself && !setting.secret {
                    JwtSecret::Plain
                } else if setting.optional {
                    JwtSecret::Optional
                } else {
                    JwtSecret::Required
                }
            }
            Entry::Section(section) => {
                match jwt_secret_below(section.entries, prefix.with(section.prefix)) {
                    JwtSecret::Required if section.optional => JwtSecret::Optional,
                    inner => inner,
                }
            }
        };
        match here {
            JwtSecret::Plain => return JwtSecret::Plain,
            // Another may be a plain one all the same: go on.
            JwtSecret::Required => found = JwtSecret::Required,
            JwtSecret::Optional if matches!(found, JwtSecret::Required) => {}
            JwtSecret::Optional => found = JwtSecret::Optional,
            JwtSecret::Absent => {}
        }
    }
    found
}
