//! The rule of a handler, read from its own first argument.

use super::guard::{Access, Guard, HasRule};

/// A handler whose first argument is a guard, and so says who may call it.
///
/// `Args` only tells the implementations apart; it is inferred.
#[diagnostic::on_unimplemented(
    message = "this handler does not say who may call it",
    label = "no rule",
    note = "write `#[require_token(...)]` or `#[public(\"reason\")]` above its `async fn`"
)]
pub trait AccessRule<Args> {
    /// Who may call it.
    const ACCESS: Access;
}

/// Who may call `handler`. It takes a value, so that an error points at the handler alone.
#[must_use]
pub const fn access_of<F: AccessRule<Args>, Args>(handler: F) -> Access {
    // A constant cannot run destructors, and a function has none.
    std::mem::forget(handler);
    F::ACCESS
}

macro_rules! access_rule {
    ($($argument:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<F, Answer, R: HasRule, $($argument),*> AccessRule<(R, $($argument,)*)> for F
        where
            F: Fn(Guard<R>, $($argument),*) -> Answer,
        {
            const ACCESS: Access = R::ACCESS;
        }
    };
}

access_rule!();
access_rule!(A1);
access_rule!(A1 A2);
access_rule!(A1 A2 A3);
access_rule!(A1 A2 A3 A4);
access_rule!(A1 A2 A3 A4 A5);
access_rule!(A1 A2 A3 A4 A5 A6);
access_rule!(A1 A2 A3 A4 A5 A6 A7);
access_rule!(A1 A2 A3 A4 A5 A6 A7 A8);
access_rule!(A1 A2 A3 A4 A5 A6 A7 A8 A9);
access_rule!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10);
access_rule!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11);
access_rule!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12);
access_rule!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13);
access_rule!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14);
access_rule!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15);
