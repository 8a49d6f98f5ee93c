//! Lists, sets and maps. A list is an array of a document, or text that is split on the delimiter
//! that the field states: without one, a comma in a text is a comma.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use super::content::Content;
use super::items::ItemValue;
use super::value::{FromValue, Refusal, Value};

/// Each element, or the refusal of the first that is none.
fn elements<T: FromValue, C: FromIterator<T>>(value: &Value) -> Result<C, Refusal> {
    match value.content() {
        Content::List(list) => list.iter().map(T::from_value).collect(),
        _ => Err(Refusal::unexpected()),
    }
}

macro_rules! lists {
    ($($list:ident $expected:literal $(: $bound:ident $($more:ident)*)?;)*) => {$(
        impl<T: FromValue $(+ $bound $(+ $more)*)?> FromValue for $list<T> {
            const EXPECTED: &'static str = $expected;
            const SECRET: bool = T::SECRET;
            const TEXT: bool = T::TEXT;

            fn from_value(value: &Value) -> Result<Self, Refusal> {
                elements(value)
            }

            fn show(&self) -> ItemValue {
                ItemValue::List(self.iter().map(T::show).collect())
            }
        }
    )*};
}

lists! {
    Vec "a list of the elements that it takes";
    BTreeSet "a list of the elements that it takes": Ord;
    HashSet "a list of the elements that it takes": Eq Hash;
}

macro_rules! maps {
    ($($map:ident)*) => {$(
        impl<T: FromValue> FromValue for $map<String, T> {
            const EXPECTED: &'static str = "a table of the values that it takes";
            const SECRET: bool = T::SECRET;
            const TEXT: bool = T::TEXT;

            fn from_value(value: &Value) -> Result<Self, Refusal> {
                match value.content() {
                    Content::Table(rows) => rows
                        .iter()
                        .map(|(key, value)| Ok((key.clone(), T::from_value(value)?)))
                        .collect(),
                    _ => Err(Refusal::unexpected()),
                }
            }

            fn show(&self) -> ItemValue {
                let rows = self.iter().map(|(key, value)| (key.clone(), value.show()));
                ItemValue::Map(rows.collect())
            }
        }
    )*};
}

maps! { BTreeMap HashMap }

/// Text split on a delimiter, the white space around each element removed.
pub(crate) fn split(value: &Value, delimiter: &str) -> Result<Option<Value>, Refusal> {
    let Some(text) = value.as_text() else {
        return Ok(None);
    };
    let elements = text.split(delimiter).map(str::trim);
    if elements.clone().any(str::is_empty) {
        return Err(Refusal::because(format!(
            "has nothing between two `{delimiter}`, or at its start or end"
        )));
    }
    let list = elements.map(|element| Value::text(element, value.origin().clone()));
    let list = Content::List(list.collect());
    Ok(Some(Value::new(list, value.origin().clone())))
}
