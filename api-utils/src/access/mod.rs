//! Who may call what: rules, the guard, the route table, the answers.
//!
//! A request that reaches a guarded handler goes through these files:
//!
//! ```text
//! guard (a handler's first argument) → token (verify) → evaluate (rule + facts) → handler
//!        └ every outcome → audit (one event)        └ otherwise → rejection (the answer)
//! ```
//!
//! `routes!` builds [`Routes`] from handlers that each say who may call them; its checks at
//! compile time are in `check`, those at start-up in `conflict`.

mod access_rule;
mod audit;
mod check;
mod clean;
mod conflict;
mod decide;
mod evaluate;
mod extract;
mod facts;
mod guard;
mod has_auth;
mod mount;
mod optional_token;
mod pin;
mod print;
mod rejection;
mod roles;
mod routes;
mod rule;
mod settings;
mod sibling;
mod table;
#[cfg(test)]
mod truth_table;

pub use audit::{AuditEvent, AuditOutcome};
pub use conflict::RouteConflict;
pub use decide::Decision;
pub use has_auth::HasAuth;
pub use rejection::Rejection;
pub use roles::Roles;
pub use routes::Routes;
pub use rule::{Expected, Rule};
pub use settings::AccessSettings;
pub use table::AccessTable;

// What generated code names, through `__private`.
#[doc(hidden)]
pub use access_rule::{AccessRule, access_of};
#[doc(hidden)]
pub use check::first_fault;
#[cfg(feature = "testing")]
#[doc(hidden)]
pub use guard::granted;
#[doc(hidden)]
pub use guard::{Access, Guard, HasRule};
#[doc(hidden)]
pub use mount::{mount, never};
#[doc(hidden)]
pub use pin::assert_access_table;
#[doc(hidden)]
pub use roles::{role_name, role_names};
#[doc(hidden)]
pub use table::RouteEntry;
