//! Configuration: one struct says what a service needs, and it gets all of it or a report of
//! everything that is wrong.
//!
//! `#[derive(`[`Config`](crate::Config)`)]` makes a table of the struct's settings. A load asks the
//! [`Sources`] in their order for each of them by name, has the field's own type parse what it
//! finds ([`FromValue`]), collects every [`Problem`], and gives either a whole [`Loaded`]
//! configuration or a [`Report`].

mod checks;
mod collections;
mod content;
mod document;
mod dotenv;
mod environment;
mod findings;
mod folder;
mod foreign;
mod full_name;
mod items;
mod kept;
mod loaded;
mod loader;
mod names;
mod nearest;
mod origin;
mod plain;
mod problems;
mod quantities;
mod report;
mod search;
mod sections;
mod show;
mod source;
mod sources;
mod spelling;
mod style;
mod table;
mod tree;
mod types;
mod unknown;
mod value;

pub use content::Content;
pub use findings::{Problem, Warning};
pub use items::{Item, ItemValue};
pub use loaded::{InitError, Loaded};
pub use origin::Origin;
pub use problems::Problems;
pub use quantities::{ByteSize, NotAByteSize};
pub use report::Report;
pub use show::ItemTable;
#[doc(hidden)]
pub use source::Unasked;
pub use source::{Key, Source, SourceFault};
pub use sources::Sources;
pub use table::Load;
pub use value::{FromValue, Refusal, Value};

/// What the derive's output names.
#[doc(hidden)]
pub mod generated {
    pub use super::checks::{has_len, in_range, is_not_empty, is_one_of};
    pub use super::foreign::{Deserialized, Parsed};
    pub use super::loaded::{Global, load};
    pub use super::loader::{Loader, Scope};
    pub use super::names::{Hashes, clash, count, hashes};
    pub use super::table::{DefaultValue, Entry, Section, Setting};
    pub use super::tree::{JwtSecret, jwt_secret};
}
