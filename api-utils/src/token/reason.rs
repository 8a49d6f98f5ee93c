//! Why a request or a token was refused: a class for logs and counters, never a value.

use std::fmt;
use std::time::Duration;

/// Why a request or a token was refused, for logs and counters.
///
/// It holds no text of the token. The client never learns it: RFC 6750 section 3.1 gives a client
/// one code, `invalid_token`, for everything that is wrong with a token.
///
/// [`Reason::class`] is a stable name to count by; `Display` adds a hint.
///
/// ```
/// use std::time::Duration;
/// use api_utils::token::{Mismatch, Reason};
///
/// let reason = Reason::Expired { by: Duration::from_secs(312) };
/// assert_eq!(reason.class(), "expired");
/// assert_eq!(reason.to_string(), "expired(by 312 s)");
///
/// let reason = Reason::IssuerMismatch(Mismatch::TrailingSlash);
/// assert_eq!(reason.to_string(), "issuer_mismatch(trailing_slash)");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// No `Authorization` field, or an empty one.
    NoCredentials,
    /// An `Authorization` field of another scheme than `Bearer`.
    OtherScheme,
    /// More than one `Authorization` field (RFC 9110 section 11.6.2 allows one).
    RepeatedAuthorization,
    /// The `Authorization` field is not `Bearer`, spaces, one token (RFC 6750 section 2.1).
    MalformedAuthorization,
    /// Longer than 8 KiB.
    TokenTooLarge,
    /// Not three base64url segments (RFC 7515 section 7.1).
    MalformedToken,
    /// The header is not one JSON object with members of the right types, each once, or longer than
    /// 1,024 characters, or of more than 16 members beside `alg`, `kid` and `typ`.
    HeaderInvalid,
    /// The header asks for something that this verifier does not do: `crit`, `b64`, a key or a
    /// place of keys, encryption, another `typ`.
    HeaderRefused,
    /// `alg` is missing, no name of a signature algorithm, or not one of the accepted ones.
    AlgorithmRefused,
    /// No key has the token's `kid`.
    KeyUnknown,
    /// The signature is not that of any key that could have made it.
    SignatureMismatch,
    /// The claims are not one JSON object in UTF-8 (RFC 7519 section 7.2).
    ClaimsInvalid,
    /// A claim is there twice.
    DuplicateClaim,
    /// Our own clock reads a time before 1970.
    ClockUnusable,
    /// `exp` is missing.
    ExpiryMissing,
    /// `exp`, `nbf` or `iat` is no time from 1970 to 9999 (RFC 7519 section 2, NumericDate).
    TimeInvalid,
    /// `exp` is past, leeway included.
    Expired {
        /// For how long.
        by: Duration,
    },
    /// `nbf` is to come, leeway included.
    NotYetValid {
        /// In how long.
        by: Duration,
    },
    /// `iat` is to come, leeway included.
    IssuedInFuture {
        /// In how long.
        by: Duration,
    },
    /// `iat` is missing, and a longest lifetime is set.
    IssuedAtMissing,
    /// From `iat` to `exp` it is longer than the longest lifetime that is set.
    LifetimeTooLong,
    /// `iss` is no accepted issuer.
    IssuerMismatch(Mismatch),
    /// `aud` names none of the audiences.
    AudienceMismatch(Mismatch),
    /// `sub` is missing, blank or no string.
    SubjectInvalid,
    /// Not an access token, by the claims of its provider: an ID, refresh or logout token.
    OtherKind,
    /// It is bound to a key of its sender (`cnf`, RFC 7800), which a bearer does not prove to have.
    SenderConstrained,
    /// The claims are not of the type that a handler reads them into.
    ClaimsMistyped,
    /// `jti` is no string.
    TokenIdInvalid,
    /// `roles`, or where the roles are said to be, is no array of strings.
    RolesInvalid,
    /// `scope` or `scp` is neither a string nor an array of strings.
    ScopeInvalid,
}

/// In what way a claim differs from what was expected, as far as that tells no value.
///
/// ```
/// use api_utils::token::Mismatch;
/// assert_eq!(Mismatch::between("https://id.example/", "https://id.example"), Mismatch::TrailingSlash);
/// assert_eq!(Mismatch::between("API", "api"), Mismatch::Case);
/// assert_eq!(Mismatch::between("other", "api"), Mismatch::Different);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The claim is not there.
    Missing,
    /// The claim is of another JSON type.
    WrongType,
    /// Equal but for a slash at the end.
    TrailingSlash,
    /// Equal but for upper and lower case.
    Case,
    /// Equal but for white space at an end.
    WhiteSpace,
    /// Different.
    Different,
}

impl Mismatch {
    /// Classifies how `found` differs from `expected`.
    ///
    /// ```
    /// use api_utils::token::Mismatch;
    /// assert_eq!(Mismatch::between("api ", "api"), Mismatch::WhiteSpace);
    /// ```
    #[must_use]
    pub fn between(found: &str, expected: &str) -> Self {
        // As bytes, and each comparison begins with the lengths, which tell nearly all apart.
        match (found.as_bytes(), expected.as_bytes()) {
            ([start @ .., b'/'], expected) if start == expected => Self::TrailingSlash,
            (found, [start @ .., b'/']) if start == found => Self::TrailingSlash,
            (found, expected) if found.eq_ignore_ascii_case(expected) => Self::Case,
            (found, expected) if found.trim_ascii() == expected => Self::WhiteSpace,
            _ => Self::Different,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::TrailingSlash => "trailing_slash",
            Self::Case => "case",
            Self::WhiteSpace => "white_space",
            Self::Different => "different",
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Reason {
    /// The name of the class, without a hint: one of a fixed set, fit for the label of a counter.
    ///
    /// ```
    /// assert_eq!(api_utils::token::Reason::SignatureMismatch.class(), "signature_mismatch");
    /// ```
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::NoCredentials => "no_credentials",
            Self::OtherScheme => "other_scheme",
            Self::RepeatedAuthorization => "repeated_authorization",
            Self::MalformedAuthorization => "malformed_authorization",
            Self::TokenTooLarge => "token_too_large",
            Self::MalformedToken => "malformed_token",
            Self::HeaderInvalid => "header_invalid",
            Self::HeaderRefused => "header_refused",
            Self::AlgorithmRefused => "algorithm_refused",
            Self::KeyUnknown => "key_unknown",
            Self::SignatureMismatch => "signature_mismatch",
            Self::ClaimsInvalid => "claims_invalid",
            Self::DuplicateClaim => "duplicate_claim",
            Self::ClockUnusable => "clock_unusable",
            Self::ExpiryMissing => "expiry_missing",
            Self::TimeInvalid => "time_invalid",
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not_yet_valid",
            Self::IssuedInFuture { .. } => "issued_in_future",
            Self::IssuedAtMissing => "issued_at_missing",
            Self::LifetimeTooLong => "lifetime_too_long",
            Self::IssuerMismatch(_) => "issuer_mismatch",
            Self::AudienceMismatch(_) => "audience_mismatch",
            Self::SubjectInvalid => "subject_invalid",
            Self::OtherKind => "other_kind",
            Self::SenderConstrained => "sender_constrained",
            Self::ClaimsMistyped => "claims_mistyped",
            Self::TokenIdInvalid => "token_id_invalid",
            Self::RolesInvalid => "roles_invalid",
            Self::ScopeInvalid => "scope_invalid",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.class())?;
        match self {
            Self::Expired { by } => write!(f, "(by {} s)", by.as_secs()),
            Self::NotYetValid { by } | Self::IssuedInFuture { by } => {
                write!(f, "(in {} s)", by.as_secs())
            }
            Self::IssuerMismatch(mismatch) | Self::AudienceMismatch(mismatch) => {
                write!(f, "({mismatch})")
            }
            _ => Ok(()),
        }
    }
}
