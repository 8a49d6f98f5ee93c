//! The example service, started as a stranger starts it.
