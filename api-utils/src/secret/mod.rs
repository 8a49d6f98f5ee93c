//! Secrets: types, masking, strength rules, reading from files.
