//! The rules that a field may state for its value.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::ops::RangeBounds;

use secrecy::{ExposeSecret as _, SecretString};

use super::loader::Scope;
use super::problems::Problems;
use crate::secret::SecretUrl;

/// `range = 1..=10`
pub fn in_range<T: PartialOrd>(value: &T, range: &impl RangeBounds<T>) -> bool {
    range.contains(value)
}

/// `len = 1..=64`, of characters or elements.
pub fn has_len<T: Length + ?Sized>(value: &T, range: &impl RangeBounds<usize>) -> bool {
    range.contains(&value.length())
}

/// `one_of = ["a", "b"]`
pub fn is_one_of<T: PartialEq<U>, U>(value: &T, choices: &[U]) -> bool {
    choices.iter().any(|choice| value == choice)
}

/// `non_empty`: not of white space alone either.
pub fn is_not_empty<T: Length + ?Sized>(value: &T) -> bool {
    !value.is_blank()
}

/// What has a length.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length",
    label = "`len` and `non_empty` are for text, lists, sets and maps"
)]
pub trait Length {
    /// In characters or elements.
    fn length(&self) -> usize;

    /// Whether there is nothing in it.
    fn is_blank(&self) -> bool {
        self.length() == 0
    }
}

macro_rules! texts {
    ($($type:ty: $text:ident;)*) => {$(
        impl Length for $type {
            fn length(&self) -> usize {
                self.$text().chars().count()
            }

            fn is_blank(&self) -> bool {
                self.$text().trim().is_empty()
            }
        }
    )*};
}

texts! {
    String: as_str;
    SecretString: expose_secret;
    SecretUrl: expose_secret;
}

macro_rules! collections {
    ($($type:ident<$($parameter:ident),*>)*) => {$(
        impl<$($parameter),*> Length for $type<$($parameter),*> {
            fn length(&self) -> usize {
                self.len()
            }
        }
    )*};
}

collections! { Vec<T> BTreeSet<T> HashSet<T> BTreeMap<K, V> HashMap<K, V> }

impl Scope<'_, '_> {
    /// Refuses a setting of this struct that breaks a rule.
    pub fn rule(&mut self, name: &str, holds: bool, rule: &str, remedy: &str) {
        if !holds {
            self.refuse_setting(name, rule.to_owned(), remedy.to_owned());
        }
    }

    /// What a function of the user's says of a value.
    pub fn verdict<E: fmt::Display>(&mut self, name: &str, verdict: Result<(), E>) {
        if let Err(reason) = verdict {
            self.refuse_setting(name, reason.to_string(), "correct it".to_owned());
        }
    }

    fn refuse_setting(&mut self, name: &str, reason: String, remedy: String) {
        Problems::new(self.loader).refuse(name, reason, remedy);
    }
}
