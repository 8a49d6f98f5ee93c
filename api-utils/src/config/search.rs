//! One setting, looked up in every source.

use super::content::Content;
use super::findings::{Problem, Warning};
use super::loader::Loader;
use super::origin::{Origin, Places};
use super::source::{Key, Name};
use super::table::Setting;
use super::value::Value;
use crate::secret::known;
use crate::secret::strength::{self, Weakness};

/// The key of a `JWT_SECRET` whose algorithm is not known here: as if for HS256.
const LEAST_SECRET_BYTES: usize = 32;

/// What is wanted of the sources.
pub(super) struct Wanted<'a> {
    pub(super) name: &'a Name,
    pub(super) setting: &'a Setting,
    pub(super) secret: bool,
    pub(super) optional: bool,
    /// Whether the section around it checks what depends on the settings beside it, like the
    /// length.
    pub(super) strength_by_section: bool,
}

/// What the sources have for a setting. Filled in place: a load does this for every setting, and
/// moving the parts about would take as long as looking them up.
#[derive(Default)]
pub(super) struct Found {
    pub(super) value: Option<Value>,
    /// Where else it is set.
    pub(super) overridden: Places,
    /// Where it is empty, which counts as not set.
    pub(super) empty_at: Option<Origin>,
}

impl Found {
    fn is_absent(&self) -> bool {
        self.value.is_none()
    }
}

/// There is something, and it was refused: the problem is in the report already.
pub(super) struct Refused;

impl Wanted<'_> {
    /// The fewest bytes of a secret that may not be weak, and so not empty, whatever a lower source
    /// has; 0 for any other.
    fn least_bytes(&self) -> usize {
        match self.setting.strength {
            0 if self.secret && self.name.ends_with("JWT_SECRET") => LEAST_SECRET_BYTES,
            least => least,
        }
    }

    fn weakness(&self, value: &Value) -> Option<Weakness> {
        let Some(text) = value.as_text() else {
            return weakness_within(value);
        };
        let mut elements = text.split(self.setting.delimiter).map(str::trim);
        let is_list = !self.setting.delimiter.is_empty();
        let checked = match self.least_bytes() {
            0 if known::is_mask(text) => Err(Weakness::Mask),
            0 if is_list && elements.any(known::is_mask) => Err(Weakness::Mask),
            0 => Ok(()),
            _ if self.strength_by_section => strength::text(text),
            least => strength::text_as_key(text, least),
        };
        checked.err()
    }

    /// What to do about a secret that is absent or no good.
    fn remedy(&self) -> &'static str {
        match self.least_bytes() {
            0 => "set it",
            _ if self.strength_by_section => {
                "make a random one: openssl rand -base64 32 (-base64 48 for HS384, -hex 64 for HS512)"
            }
            least => strength::remedy(least),
        }
    }
}

/// Of the secrets in a list or a table of a document.
fn weakness_within(value: &Value) -> Option<Weakness> {
    match value.content() {
        Content::Text(text) if text.is_empty() => Some(Weakness::Empty),
        Content::Text(text) if known::is_mask(text) => Some(Weakness::Mask),
        Content::List(list) => list.iter().find_map(weakness_within),
        Content::Table(rows) => rows.iter().find_map(|(_, one)| weakness_within(one)),
        _ => None,
    }
}

impl Loader<'_> {
    /// By its name, and then by the former ones, of which the use is told.
    pub(super) fn find(&mut self, wanted: &Wanted<'_>, found: &mut Found) -> Result<(), Refused> {
        let in_document = self.in_document(wanted.setting.key, wanted.setting.name);
        self.find_named(wanted, in_document.as_deref(), found)?;
        if wanted.secret
            && wanted.optional
            && found.is_absent()
            && let Some(origin) = &found.empty_at
        {
            let text = format!("is empty in {origin}, and counts as not set");
            self.warn(Warning::new(&**wanted.name, text));
        }
        for alias in wanted.setting.aliases {
            if !found.is_absent() {
                break;
            }
            let name = self.named(alias);
            let in_document = self.in_document("", alias);
            let by_alias = Wanted {
                name: &name,
                ..*wanted
            };
            self.find_named(&by_alias, in_document.as_deref(), found)?;
            if let Some(value) = &found.value {
                let now = &**wanted.name;
                let text = format!("is the former name of {now}, in {}", value.origin());
                self.warn(Warning::new(&*name, format!("{text}; rename it")));
            }
        }
        Ok(())
    }

    /// Asks the sources in their order. A source that has something unreadable ends the search:
    /// what is below it was not meant.
    fn find_named(
        &mut self,
        wanted: &Wanted<'_>,
        in_document: Option<&str>,
        found: &mut Found,
    ) -> Result<(), Refused> {
        let Wanted { name, secret, .. } = *wanted;
        // By reference, so that warnings can be noted while the sources are walked.
        let sources = self.sources;
        if !secret && name.ends_with("JWT_SECRET") {
            // The compiler has refused it, unless it was in a generic section.
            let problem = Problem::new(&**name, "is read into a type that is no secret");
            self.refuse(problem.remedy("use `SecretString` in the program's source"));
            return Err(Refused);
        }
        let key = Key::new(name).spelled(in_document);
        for source in sources.layers() {
            let value = match source.find(&key) {
                Ok(None) => continue,
                Ok(Some(value)) => value,
                // What is below a good value cannot harm it.
                Err(_) if found.value.is_some() => continue,
                Err(fault) => {
                    self.refuse(Problem::new(&**name, fault.reason).at(fault.origin));
                    return Err(Refused);
                }
            };
            if secret {
                self.keep_secret(&value);
            }
            match &found.value {
                Some(_) if value.is_empty() => {}
                Some(first) => {
                    if !first.content().says(value.content()) {
                        let (first, origin) = (first.origin(), value.origin());
                        let text = format!("is set twice: {first} holds, {origin} differs");
                        self.warn(Warning::new(&**name, text));
                    }
                    found.overridden.push(value.into_parts().1);
                }
                None if !value.is_empty() => found.value = Some(value),
                None if wanted.least_bytes() > 0 || (secret && value.origin().is_file()) => {
                    let problem = Problem::new(&**name, Weakness::Empty.to_string());
                    let origin = value.into_parts().1;
                    self.refuse(problem.at(origin).remedy(wanted.remedy()));
                    return Err(Refused);
                }
                None => {
                    found.empty_at.get_or_insert_with(|| value.into_parts().1);
                }
            }
        }
        match &found.value {
            Some(value) if secret => self.check_secret(wanted, value),
            _ => Ok(()),
        }
    }

    fn check_secret(&mut self, wanted: &Wanted<'_>, value: &Value) -> Result<(), Refused> {
        if !self.is_well_kept(wanted.name, value.origin()) {
            return Err(Refused);
        }
        match wanted.weakness(value) {
            None => {
                self.tell_of_line_break(wanted.name, value);
                Ok(())
            }
            Some(weakness) => {
                let problem = Problem::new(&**wanted.name, weakness.to_string());
                let remedy = weakness.remedy().unwrap_or_else(|| wanted.remedy());
                self.refuse(problem.at(value.origin().clone()).remedy(remedy));
                Err(Refused)
            }
        }
    }

    /// One line break was taken off the end of a file; that another one is meant is not likely.
    fn tell_of_line_break(&mut self, name: &Name, value: &Value) {
        let origin = value.origin();
        let is_file_of_one = origin.is_file() && !origin.is_document();
        if is_file_of_one && value.as_text().is_some_and(|text| text.ends_with('\n')) {
            let text = format!("ends in a line break, which stays, in {origin}");
            self.warn(Warning::new(&**name, text));
        }
    }

    /// To be searched for in what is about to be shown.
    pub(super) fn keep_secret(&mut self, value: &Value) {
        match value.content() {
            Content::Text(text) => self.secrets.push(text.clone()),
            Content::List(list) => list.iter().for_each(|one| self.keep_secret(one)),
            Content::Table(rows) => rows.iter().for_each(|(_, one)| self.keep_secret(one)),
            _ => {}
        }
    }

    /// A required setting that nothing has.
    pub(super) fn refuse_absent(
        &mut self,
        wanted: &Wanted<'_>,
        empty_at: Option<Origin>,
        expected: &str,
    ) {
        let name = wanted.name;
        let problem = match empty_at {
            Some(origin) => Problem::new(&**name, "is empty, which counts as not set").at(origin),
            None => {
                let reason = match &self.because {
                    Some(present) => format!("is not set, and {} is", &**present),
                    None => "is not set".to_owned(),
                };
                Problem::new(&**name, reason).looked_in(self.places(name))
            }
        };
        let problem = if let Some(similar) = self.similar(name) {
            problem.remedy(format!("{similar} is set; did you mean {}?", &**name))
        } else if wanted.secret {
            problem.remedy(wanted.remedy())
        } else {
            problem.remedy(format!("set it to {expected}"))
        };
        self.refuse(problem);
    }

    /// A variable that was likely meant for this setting: in another case, or misspelt behind the
    /// same first word.
    fn similar(&self, name: &Name) -> Option<String> {
        let prefix = name.find('_').and_then(|end| name.get(..=end));
        let key = Key::new(name);
        let layers = self.sources.layers().iter();
        layers
            .filter_map(|source| source.__similar(&key, prefix.unwrap_or("")))
            .find(|similar| !self.is_known(similar))
    }
}
