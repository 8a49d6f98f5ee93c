//! How a secret is kept where it was found: in a file that others can read, in a document.

use std::path::Path;

use super::findings::{Problem, Warning};
use super::loader::Loader;
use super::origin::Origin;
use crate::secret::mode;

impl Loader<'_> {
    /// Warns of a secret in a bad place, once for a folder. In strict mode it is refused: `false`.
    pub(super) fn is_well_kept(&mut self, name: &str, origin: &Origin) -> bool {
        let strict = self.sources.is_strict();
        let fault = if origin.is_document() {
            Some("is a secret in a document, which people copy and commit")
        } else {
            origin.own_file().and_then(|file| mode::fault(file, strict))
        };
        let Some(reason) = fault else {
            return true;
        };
        if strict {
            let remedy = "let only this process read it: a file of mode 0400, named by its own \
                          variable or in a folder of secrets";
            self.refuse(Problem::new(name, reason).at(origin.clone()).remedy(remedy));
            return false;
        }
        let folder = origin.own_file().and_then(Path::parent);
        if folder.is_none_or(|folder| self.folders.insert(folder.to_owned())) {
            self.warn(Warning::new(name, format!("{reason}: {origin}")));
        }
        true
    }
}
