//! For a user's own tests: mint a token, set the clock, call a guarded handler.
