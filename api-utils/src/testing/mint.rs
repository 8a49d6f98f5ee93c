//! A token that an `Auth` accepts, in one line.

use crate::Auth;
use crate::token::Issuer;

/// A token that `auth` accepts for one hour, for `subject` with `roles`.
///
/// It says nothing that is a [provider](crate::token::AuthBuilder::provider)'s own. For one that
/// does, or is wrong in one point, see [`Issuer::of`](crate::token::Issuer::of).
///
/// # Panics
/// Where `auth` has no shared secret or `subject` is blank: a test that asks for such a token is
/// mistaken.
///
/// ```
/// use api_utils::{Auth, testing};
/// use api_utils::token::Algorithm;
///
/// let auth = Auth::builder("https://id.example", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .build()?;
/// let token = auth.verify(&testing::mint(&auth, "alice", &["admin"]))?;
/// assert_eq!(token.subject(), "alice");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
#[expect(clippy::panic, reason = "for tests, which fail by panicking")]
pub fn mint(auth: &Auth, subject: &str, roles: &[&str]) -> String {
    let minted = Issuer::of(auth).and_then(|issuer| {
        roles
            .iter()
            .fold(issuer.token(subject), |token, role| token.role(*role))
            .mint()
    });
    match minted {
        Ok(minted) => minted.token,
        Err(error) => panic!("no token can be minted: {error}"),
    }
}
