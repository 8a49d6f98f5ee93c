//! What a loaded configuration shows of itself: each setting with its value and where it is from.

use std::fmt;

use once_cell::sync::OnceCell;
use serde::Serialize;

use super::origin::{Origin, Places};
use super::plain::Plain;
use super::source::Name;
use super::table::Setting;
use crate::secret::MASK;

/// One setting of a loaded configuration, safe to show: a secret's value is the text `secret`.
///
/// Serialised as `{"name", "value", "from", "origin", "secret", "overridden", "description"}`; more
/// keys may follow.
///
/// ```
/// use api_utils::{Config, config::Sources};
///
/// #[derive(Config)]
/// #[config(no_jwt_secret = "a tool without tokens")]
/// struct Tool {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// let tool = Tool::load_from(Sources::empty())?;
/// let item = tool.items().first().ok_or("no item")?;
/// assert_eq!(item.name(), "PORT");
/// assert_eq!(item.value().to_string(), "8080");
/// assert_eq!(item.from(), "default");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Item {
    pub(super) name: Name,
    pub(super) setting: &'static Setting,
    pub(super) value: ItemValue,
    pub(super) origin: Origin,
    pub(super) overridden: Places,
}

impl Item {
    /// The setting, with every prefix.
    ///
    /// ```
    /// # use api_utils::config::Item;
    /// fn names(items: &[Item]) -> Vec<&str> {
    ///     items.iter().map(Item::name).collect()
    /// }
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its value as it may be shown.
    ///
    /// ```
    /// # use api_utils::config::Item;
    /// fn print(item: &Item) -> String {
    ///     format!("{} = {}", item.name(), item.value())
    /// }
    /// ```
    #[must_use]
    pub fn value(&self) -> &ItemValue {
        &self.value
    }

    /// `file`, `environment` or `default`.
    ///
    /// ```
    /// # use api_utils::config::Item;
    /// fn defaults(items: &[Item]) -> usize {
    ///     items.iter().filter(|item| item.from() == "default").count()
    /// }
    /// ```
    #[must_use]
    pub fn from(&self) -> &'static str {
        self.origin.from()
    }

    /// The exact place.
    ///
    /// ```
    /// # use api_utils::config::Item;
    /// fn print(item: &Item) -> String {
    ///     format!("{} from {}", item.name(), item.origin())
    /// }
    /// ```
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether it is a secret, which its value alone does not tell.
    ///
    /// ```
    /// # use api_utils::config::Item;
    /// fn secrets(items: &[Item]) -> usize {
    ///     items.iter().filter(|item| item.is_secret()).count()
    /// }
    /// ```
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.setting.secret
    }

    /// Where else it is set, in sources that come after the one that holds.
    ///
    /// ```
    /// # use api_utils::config::Item;
    /// fn set_twice(items: &[Item]) -> usize {
    ///     items.iter().filter(|item| !item.overridden().is_empty()).count()
    /// }
    /// ```
    #[must_use]
    pub fn overridden(&self) -> &[Origin] {
        self.overridden.as_slice()
    }

    /// The field's documentation.
    ///
    /// ```
    /// # use api_utils::config::Item;
    /// fn print(item: &Item) -> String {
    ///     format!("# {}\n{} = {}", item.description(), item.name(), item.value())
    /// }
    /// ```
    #[must_use]
    pub fn description(&self) -> &str {
        self.setting.description
    }
}

/// All items of a load. Most are put together when somebody asks for them, and not before.
pub(super) struct Items {
    whole: Vec<Item>,
    plain: Plain,
    all: OnceCell<Vec<Item>>,
}

impl Items {
    pub(super) fn new(whole: Vec<Item>, plain: Plain) -> Self {
        Self {
            whole,
            plain,
            all: OnceCell::new(),
        }
    }

    pub(super) fn get(&self) -> &[Item] {
        if self.plain.is_empty() {
            return &self.whole;
        }
        self.all
            .get_or_init(|| self.plain.among(self.whole.iter().cloned()))
    }

    /// Those that are not put together yet.
    pub(super) fn plain(&self) -> &Plain {
        &self.plain
    }

    pub(super) fn put_together(&mut self) {
        let plain = std::mem::take(&mut self.plain);
        self.whole = plain.among(std::mem::take(&mut self.whole));
    }

    /// Those that are put together.
    pub(super) fn whole_mut(&mut self) -> &mut [Item] {
        &mut self.whole
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item")
            .field("name", &self.name)
            .field("value", &self.value)
            .field("origin", &self.origin)
            .field("overridden", &self.overridden())
            .finish_non_exhaustive()
    }
}

impl Serialize for Item {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;

        let mut item = serializer.serialize_struct("Item", 7)?;
        item.serialize_field("name", self.name())?;
        item.serialize_field("value", &self.value)?;
        item.serialize_field("from", self.origin.from())?;
        item.serialize_field("origin", &self.origin.to_string())?;
        item.serialize_field("secret", &self.setting.secret)?;
        let overridden: Vec<String> = self.overridden().iter().map(Origin::to_string).collect();
        item.serialize_field("overridden", &overridden)?;
        item.serialize_field("description", self.setting.description)?;
        item.end()
    }
}

/// A value to show. Its type follows from the setting's type, never from the source: a port is a
/// number wherever it came from.
///
/// ```
/// use api_utils::config::ItemValue;
///
/// assert_eq!(ItemValue::from("on").to_string(), "on");
/// assert_eq!(ItemValue::Null.to_string(), "not set");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum ItemValue {
    /// Not set.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number too large for `Integer`.
    Unsigned(u64),
    /// A number with a fraction.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<ItemValue>),
    /// Values by name.
    Map(std::collections::BTreeMap<String, ItemValue>),
}

impl ItemValue {
    /// What stands for every secret.
    ///
    /// ```
    /// assert_eq!(api_utils::config::ItemValue::secret().to_string(), "secret");
    /// ```
    #[must_use]
    pub fn secret() -> Self {
        Self::Text(MASK.to_owned())
    }

    /// A whole number of any type; as text where it has more than 64 bits.
    pub(crate) fn integer<T>(number: T) -> Self
    where
        T: Copy + fmt::Display + TryInto<i64> + TryInto<u64>,
    {
        if let Ok(number) = number.try_into() {
            Self::Integer(number)
        } else if let Ok(number) = number.try_into() {
            Self::Unsigned(number)
        } else {
            Self::Text(number.to_string())
        }
    }
}

impl From<&str> for ItemValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ItemValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for ItemValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for ItemValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl fmt::Display for ItemValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("not set"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Unsigned(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
            Self::List(values) => {
                for (index, value) in values.iter().enumerate() {
                    let comma = if index > 0 { ", " } else { "" };
                    write!(f, "{comma}{value}")?;
                }
                Ok(())
            }
            Self::Map(values) => {
                for (index, (key, value)) in values.iter().enumerate() {
                    let comma = if index > 0 { ", " } else { "" };
                    write!(f, "{comma}{key} = {value}")?;
                }
                Ok(())
            }
        }
    }
}
