//! Support for the behaviour tests in `tests/it`: everything goes through the public API.
