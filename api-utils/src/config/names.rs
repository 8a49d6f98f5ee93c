//! Names that get in each other's way, looked for over the whole tree while the user's crate is
//! compiled: two settings that read one name, and a `NAME_FILE` that is the file of a `NAME`.

use super::full_name::{FullName, same};
use super::table::{Entry, Section, Setting};

/// Added to the name of a setting it names the file that the setting is read from.
const FILE: &str = "_FILE";

/// FNV-1a with 64 bits: simple enough to be computed at compile time, and spread well enough.
const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

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

/// The hashes of a full name, and of the variable that may name its file.
#[derive(Clone, Copy, Debug)]
pub struct Hashes {
    name: u64,
    file: u64,
}

/// Those of every full name, in the order of the fields.
#[must_use]
pub const fn hashes<const COUNT: usize>(entries: &[Entry]) -> [Hashes; COUNT] {
    let mut hashes = [Hashes { name: 0, file: 0 }; COUNT];
    write_hashes(entries, FNV_START, &mut hashes);
    hashes
}

/// Fills the front of `into` and gives back what is left of it.
const fn write_hashes<'a>(
    entries: &[Entry],
    start: u64,
    into: &'a mut [Hashes],
) -> &'a mut [Hashes] {
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

const fn write_hash(name: u64, into: &mut [Hashes]) -> &mut [Hashes] {
    if let [slot, behind @ ..] = into {
        *slot = Hashes {
            name,
            file: fnv(name, FILE),
        };
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

/// Two settings that cannot be beside each other.
#[derive(Clone, Copy, Debug)]
pub struct Clash {
    /// Which entry of the root to point at: a section, where one of the two is in one.
    pub entry: usize,
    text: FullName,
}

impl Clash {
    /// What to tell the user.
    #[must_use]
    pub const fn text(&self) -> &str {
        self.text.as_str()
    }
}

/// The first two settings of the tree that read one name, or of which one is the file of the
/// other. Hashes are compared first: comparing the names of a large tree letter by letter is more
/// than the compiler grants a constant.
#[must_use]
pub const fn clash(entries: &[Entry], hashes: &[Hashes]) -> Option<Clash> {
    let mut upto = hashes;
    // From the back, so that what stands before each hash is a slice.
    while let [before @ .., last] = upto {
        let mut rest = before;
        while let [others @ .., one] = rest {
            if one.name == last.name || one.file == last.name || one.name == last.file {
                let (left, right) = (others.len(), before.len());
                let text = clash_of(full_name(entries, left), full_name(entries, right));
                if let Some(text) = text {
                    let entry = pointed_at(entries, left, right);
                    return Some(Clash { entry, text });
                }
            }
            rest = others;
        }
        upto = before;
    }
    None
}

/// What is wrong with the two names, and nothing where only their hashes are equal.
const fn clash_of(left: FullName, right: FullName) -> Option<FullName> {
    let (left, right) = (left.as_str(), right.as_str());
    let text = if same(left, right) {
        FullName::EMPTY
            .with("two settings read `")
            .with(right)
            .with("`")
    } else if is_file_of(right, left) {
        file_clash(right, left)
    } else if is_file_of(left, right) {
        file_clash(left, right)
    } else {
        return None;
    };
    Some(text.with("; give one of them another `name`, or its section a `prefix`"))
}

const fn is_file_of(file: &str, name: &str) -> bool {
    same(file, FullName::EMPTY.with(name).with(FILE).as_str())
}

const fn file_clash(file: &str, name: &str) -> FullName {
    FullName::EMPTY
        .with("`")
        .with(file)
        .with("` names the file that `")
        .with(name)
        .with("` is read from")
}

/// Within one struct the macro has looked: one of the two is in a section, and that is shown.
const fn pointed_at(entries: &[Entry], left: usize, right: usize) -> usize {
    let (first, first_is_section) = entry_of(entries, left);
    let (second, second_is_section) = entry_of(entries, right);
    if second_is_section || !first_is_section {
        second
    } else {
        first
    }
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
