//! Who may call what: rules, the guard, the route table, the answers.
