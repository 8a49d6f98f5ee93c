//! What the tokens of well-known providers look like, where they are not like RFC 9068's.

use super::audience::Audience;
use super::claims::{Claims, RoleSource};
use super::{ClaimValue, Reason};

/// How a provider writes its access tokens: where the roles are, where the audience is, and by what
/// claims its ID, refresh and logout tokens are told from them and refused.
///
/// It says nothing of issuer, audience and keys: those are of one's own account there.
///
/// ```
/// use api_utils::Auth;
/// use api_utils::token::{Algorithm, Issuer, Provider};
/// use serde_json::json;
///
/// let auth = Auth::builder("https://id.example/realms/staff", ["my-api"])
///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
///     .provider(Provider::keycloak("my-api"))
///     .build()?;
/// let token = |kind: &str| {
///     Issuer::of(&auth)?
///         .token("alice")
///         .claim("typ", kind)
///         .claim("resource_access", json!({ "my-api": { "roles": ["editor"] } }))
///         .mint()
/// };
/// assert!(auth.verify(&token("Bearer")?.token)?.has_role("editor"));
/// assert!(auth.verify(&token("Refresh")?.token).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Provider {
    pub(super) roles: RoleSource,
    pub(super) audience: Audience,
    pub(super) kind: TokenKind,
}

/// What is demanded of a token, beside what is of every one, to be an access token.
pub(super) type TokenKind = &'static [Demand];

#[derive(Debug)]
pub(super) enum Demand {
    /// The claim is exactly this text.
    Is(&'static str, &'static str),
    /// One of these claims is there.
    AnyOf(&'static [&'static str]),
    /// None of these claims is there.
    NoneOf(&'static [&'static str]),
}

/// `events` is a logout token's (OpenID Connect Back-Channel Logout 1.0 section 2.4), the others
/// are an ID token's (OpenID Connect Core 1.0 sections 2 and 3.3.2.11).
const FOREIGN: &[&str] = &["events", "nonce", "at_hash", "c_hash", "s_hash"];

impl Provider {
    /// RFC 9068, with `roles`.
    pub(super) fn standard() -> Self {
        Self {
            roles: RoleSource::default(),
            audience: Audience::aud(),
            kind: &[],
        }
    }

    /// Keycloak: the realm's roles and those of the client `client_id`, of no other client; only
    /// tokens of `typ` `Bearer`.
    ///
    /// Keycloak puts a client into `aud` for tokens of *other* clients only, whose users have a role
    /// of it. Add an Audience mapper for this service to the client that gets the tokens; to accept
    /// the audience `account` instead would be to accept nearly every token of the realm.
    ///
    /// ```
    /// let provider = api_utils::token::Provider::keycloak("my.client.id");
    /// ```
    #[must_use]
    pub fn keycloak(client_id: impl Into<String>) -> Self {
        let client = [
            "resource_access".to_owned(),
            client_id.into(),
            "roles".to_owned(),
        ];
        Self {
            roles: RoleSource::at(["realm_access", "roles"]).and(RoleSource::at(client)),
            audience: Audience::aud(),
            // Older versions write the `nonce` into access tokens too; `typ` decides.
            kind: &[Demand::Is("typ", "Bearer"), Demand::NoneOf(&["events"])],
        }
    }

    /// Microsoft Entra ID: the app roles in `roles`; only tokens that name the client they were
    /// issued to, in `azp` or `appid`.
    ///
    /// ```
    /// let provider = api_utils::token::Provider::entra();
    /// ```
    #[must_use]
    pub fn entra() -> Self {
        Self {
            roles: RoleSource::at(["roles"]),
            audience: Audience::aud(),
            // Azure AD B2C writes the `nonce` into access tokens too; the client decides.
            kind: &[
                Demand::AnyOf(&["azp", "appid"]),
                Demand::NoneOf(&["events", "at_hash", "c_hash", "s_hash"]),
            ],
        }
    }

    /// Auth0: the roles in a claim of one's own name, such as `https://my-api.example/roles`; only
    /// tokens that name the client they were issued to, in `azp` or `client_id`, as every access
    /// token of both of its profiles does.
    ///
    /// ```
    /// let provider = api_utils::token::Provider::auth0("https://my-api.example/roles");
    /// ```
    #[must_use]
    pub fn auth0(roles_claim: impl Into<String>) -> Self {
        Self {
            roles: RoleSource::at([roles_claim.into()]),
            audience: Audience::aud(),
            kind: &[
                Demand::AnyOf(&["azp", "client_id"]),
                Demand::NoneOf(FOREIGN),
            ],
        }
    }

    /// Okta: the groups in `groups`; only tokens that name the client they were issued to, in `cid`.
    ///
    /// ```
    /// let provider = api_utils::token::Provider::okta();
    /// ```
    #[must_use]
    pub fn okta() -> Self {
        Self {
            roles: RoleSource::at(["groups"]),
            audience: Audience::aud(),
            kind: &[Demand::AnyOf(&["cid"]), Demand::NoneOf(FOREIGN)],
        }
    }

    /// Amazon Cognito: the groups in `cognito:groups`, the audience in `client_id`; only tokens
    /// whose `token_use` is `access`. Tokens that are bound to a resource have an `aud` as well, and
    /// a service that takes these says `audience(Audience::aud())` after it.
    ///
    /// ```
    /// let provider = api_utils::token::Provider::cognito();
    /// ```
    #[must_use]
    pub fn cognito() -> Self {
        Self {
            roles: RoleSource::at(["cognito:groups"]),
            audience: Audience::client_id(),
            kind: &[Demand::Is("token_use", "access"), Demand::NoneOf(FOREIGN)],
        }
    }
}

/// Whether it is an access token, as far as its claims tell.
pub(super) fn check_kind(claims: &Claims, kind: TokenKind) -> Result<(), Reason> {
    let there = |name: &&str| claims.get(&[*name]) != ClaimValue::Absent;
    let met = kind.iter().all(|demand| match demand {
        Demand::Is(name, text) => claims.get(&[*name]).as_str() == Some(*text),
        Demand::AnyOf(names) => names.iter().any(there),
        Demand::NoneOf(names) => !names.iter().any(there),
    });
    if met { Ok(()) } else { Err(Reason::OtherKind) }
}
