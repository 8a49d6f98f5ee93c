//! What holds over a whole tree of structs, checked while the user's crate is compiled: the table
//! of a section may come from another crate, so no macro sees all of it.

use super::table::{Entry, Section, Setting};

/// What every root has to have, unless it says why not.
const JWT_SECRET: &str = "JWT_SECRET";

/// FNV-1a with 64 bits: simple enough to be computed at compile time, and spread well enough.
const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

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

const fn jwt_secret_below(entries: &[Entry], prefix: FullName) -> JwtSecret {
    let mut found = JwtSecret::Absent;
    let mut rest = entries;
    while let [first, others @ ..] = rest {
        rest = others;
        let here = match first {
            Entry::Unknown => JwtSecret::Required,
            Entry::Setting(setting) => {
                let by_itself = ends_with(setting.name, JWT_SECRET);
                let full_name = prefix.with(setting.name);
                if !by_itself && !ends_with(full_name.as_str(), JWT_SECRET) {
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

/// How many names the tree reads.
#[must_use]
pub const fn count(entries: &[Entry]) -> usize {
    let mut count = 0usize;
    let mut rest = entries;
    while let [first, others @ ..] = rest {
        rest = others;
        count = count.saturating_add(match first {
            Entry::Setting(setting) => setting.aliases.len().saturating_add(1),
            Entry::Section(section) => self::count(section.entries),
            Entry::Unknown => 0,
        });
    }
    count
}

/// A hash of every full name, in the order of the fields.
#[must_use]
pub const fn hashes<const COUNT: usize>(entries: &[Entry]) -> [u64; COUNT] {
    let mut hashes = [0; COUNT];
    write_hashes(entries, FNV_START, &mut hashes);
    hashes
}

/// Fills the front of `into` and gives back what is left of it.
const fn write_hashes<'a>(entries: &[Entry], start: u64, into: &'a mut [u64]) -> &'a mut [u64] {
    let mut into = into;
    let mut rest = entries;
    while let [first, others @ ..] = rest {
        rest = others;
        match first {
            Entry::Setting(setting) => {
                into = write_hash(fnv(start, setting.name), into);
                let mut aliases = setting.aliases;
                while let [alias, others @ ..] = aliases {
                    aliases = others;
                    into = write_hash(fnv(start, alias), into);
                }
            }
            Entry::Section(section) => {
                into = write_hashes(section.entries, fnv(start, section.prefix), into);
            }
            Entry::Unknown => {}
        }
    }
    into
}

const fn write_hash(hash: u64, into: &mut [u64]) -> &mut [u64] {
    if let [slot, behind @ ..] = into {
        *slot = hash;
        behind
    } else {
        &mut []
    }
}

const fn fnv(start: u64, text: &str) -> u64 {
    let mut hash = start;
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        rest = others;
        hash = (hash ^ *first as u64).wrapping_mul(FNV_PRIME);
    }
    hash
}

/// Two fields that read one name.
#[derive(Clone, Copy, Debug)]
pub struct Duplicate {
    /// Which entry of the root to point at: a section, where one of the two is in one.
    pub entry: usize,
    name: FullName,
}

impl Duplicate {
    /// What to tell the user.
    #[must_use]
    pub const fn text(&self) -> FullName {
        FullName::EMPTY
            .with("two settings read `")
            .with(self.name.as_str())
            .with("`; give one of them another `name`, or its section a `prefix`")
    }
}

/// The first name that the tree reads twice. Hashes are compared first: comparing the names of
/// a large tree letter by letter is more than the compiler grants a constant.
#[must_use]
pub const fn duplicate(entries: &[Entry], hashes: &[u64]) -> Option<Duplicate> {
    let mut upto = hashes;
    // From the back, so that what stands before each hash is a slice.
    while let [before @ .., last] = upto {
        let mut rest = before;
        while let [others @ .., one] = rest {
            if *one == *last {
                let left = full_name(entries, others.len());
                let right = full_name(entries, before.len());
                if same(left.as_str(), right.as_str()) {
                    // Within one struct the macro has looked: one of the two is in a section.
                    let (first, first_is_section) = entry_of(entries, others.len());
                    let (second, second_is_section) = entry_of(entries, before.len());
                    return Some(Duplicate {
                        entry: if second_is_section || !first_is_section {
                            second
                        } else {
                            first
                        },
                        name: right,
                    });
                }
            }
            rest = others;
        }
        upto = before;
    }
    None
}

/// The entry of the root that the `index`-th name of the tree is of, and whether it is a section.
const fn entry_of(entries: &[Entry], index: usize) -> (usize, bool) {
    let mut passed = 0usize;
    let mut entry = 0usize;
    let mut rest = entries;
    while let [first, others @ ..] = rest {
        rest = others;
        passed = passed.saturating_add(match first {
            Entry::Setting(setting) => setting.aliases.len().saturating_add(1),
            Entry::Section(section) => count(section.entries),
            Entry::Unknown => 0,
        });
        if index < passed {
            return (entry, matches!(first, Entry::Section(_)));
        }
        entry = entry.saturating_add(1);
    }
    (entry, false)
}

/// A text put together at compile time, where there is no `String`. One that does not fit is cut.
#[derive(Clone, Copy, Debug)]
pub struct FullName {
    bytes: [u8; 512],
    length: usize,
}

impl FullName {
    const EMPTY: Self = Self {
        bytes: [0; 512],
        length: 0,
    };

    const fn with(self, text: &str) -> Self {
        let mut longer = self;
        let mut rest = text.as_bytes();
        while let [first, others @ ..] = rest {
            rest = others;
            let (_, free) = longer.bytes.split_at_mut(longer.length);
            if let [slot, ..] = free {
                *slot = *first;
                longer.length = longer.length.saturating_add(1);
            } else {
                return longer;
            }
        }
        longer
    }

    /// The text.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "two settings read one name, and it is too long to be shown",
        }
    }
}

/// The `index`-th name of the tree, with every prefix.
const fn full_name(entries: &[Entry], index: usize) -> FullName {
    full_name_below(entries, index, FullName::EMPTY)
}

const fn full_name_below(entries: &[Entry], index: usize, prefix: FullName) -> FullName {
    let mut left = index;
    let mut rest = entries;
    while let [first, others @ ..] = rest {
        rest = others;
        let inside = match first {
            Entry::Setting(setting) => setting.aliases.len().saturating_add(1),
            Entry::Section(section) => count(section.entries),
            Entry::Unknown => 0,
        };
        if left < inside {
            return match first {
                Entry::Setting(setting) => prefix.with(name_or_alias(setting, left)),
                Entry::Section(Section {
                    prefix: inner,
                    entries,
                    ..
                }) => full_name_below(entries, left, prefix.with(inner)),
                Entry::Unknown => prefix,
            };
        }
        left = left.saturating_sub(inside);
    }
    prefix
}

/// The name, and behind it the aliases.
const fn name_or_alias(setting: &Setting, index: usize) -> &'static str {
    let mut name = setting.name;
    let mut aliases = setting.aliases;
    let mut left = index;
    while let [alias, others @ ..] = aliases {
        if left == 0 {
            return name;
        }
        left = left.saturating_sub(1);
        name = alias;
        aliases = others;
    }
    name
}

const fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && ends_with(left, right)
}

const fn ends_with(text: &str, end: &str) -> bool {
    let mut text = text.as_bytes();
    let mut end = end.as_bytes();
    while let [other_ends @ .., wanted] = end {
        let [others @ .., last] = text else {
            return false;
        };
        if *last != *wanted {
            return false;
        }
        text = others;
        end = other_ends;
    }
    true
}
