//! What generated code may name, a line each. Not for use by hand.
