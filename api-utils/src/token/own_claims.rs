//! A user's own type of claims.

use serde::de::DeserializeOwned;

use super::claims::Claims;
use super::{ClaimTypeError, Token};

/// The claims of a [`Token`] without a type of one's own.
///
/// ```
/// use api_utils::Token;
/// use api_utils::token::NoClaims;
///
/// fn same(token: Token) -> Token<NoClaims> {
///     token
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct NoClaims;

/// A type that a token's claims can be read into: every type that serde deserialises from an
/// object, and [`NoClaims`].
///
/// ```
/// fn readable<C: api_utils::token::OwnClaims>() {}
/// #[derive(serde::Deserialize)]
/// struct Tenant {
///     tenant: String,
/// }
/// readable::<Tenant>();
/// readable::<api_utils::token::NoClaims>();
/// ```
pub trait OwnClaims: Sized {
    #[doc(hidden)]
    fn read(claims: &Claims) -> Result<Self, ClaimTypeError>;
}

impl OwnClaims for NoClaims {
    fn read(_: &Claims) -> Result<Self, ClaimTypeError> {
        Ok(Self)
    }
}

impl<C: DeserializeOwned> OwnClaims for C {
    fn read(claims: &Claims) -> Result<Self, ClaimTypeError> {
        claims.whole().map_err(|_mistyped| ClaimTypeError)
    }
}

impl Token {
    /// The same token, with its claims read into a type of one's own.
    ///
    /// # Errors
    /// [`ClaimTypeError`], where the claims are not of that type.
    ///
    /// ```
    /// # use api_utils::{Auth, Token, token::{Algorithm, Issuer}};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let minted = Issuer::of(&auth)?.token("alice").claim("tenant", "blue").mint()?;
    /// #[derive(serde::Deserialize)]
    /// struct Tenant {
    ///     tenant: String,
    /// }
    ///
    /// let token: Token<Tenant> = auth.verify(&minted.token)?.typed()?;
    /// assert_eq!(token.own().tenant, "blue");
    /// assert_eq!(token.subject(), "alice");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn typed<C: OwnClaims>(self) -> Result<Token<C>, ClaimTypeError> {
        let own = C::read(self.claims())?;
        Ok(self.with_own(own))
    }
}

impl<C> Token<C> {
    /// The claims of one's own type. An axum handler asks for them as `Token<C>`.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use api_utils::Token;
    ///
    /// fn claim_names(token: &Token<BTreeMap<String, serde_json::Value>>) -> Vec<&str> {
    ///     token.own().keys().map(String::as_str).collect()
    /// }
    /// ```
    #[must_use]
    pub const fn own(&self) -> &C {
        &self.own
    }
}
