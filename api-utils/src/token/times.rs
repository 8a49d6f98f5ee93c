//! `exp`, `nbf` and `iat` against a clock (RFC 7519 sections 4.1.4 to 4.1.6).

use std::time::Duration;

use super::Reason;
use super::claims::{Field, Fields};

/// `exp` is required, the others are checked where they are there. A leeway helps the token.
pub(super) fn check(claims: &Fields, now: Duration, leeway: Duration) -> Result<(), Reason> {
    let expires_at = match claims.expires_at {
        Field::Value(time) => time,
        Field::Absent => return Err(Reason::ExpiryMissing),
        Field::Null | Field::Invalid => return Err(Reason::TimeInvalid),
    };
    if has_expired(expires_at, now, leeway) {
        let by = now.saturating_sub(expires_at);
        return Err(Reason::Expired { by });
    }
    let latest = now.saturating_add(leeway);
    if let Some(by) = ahead(claims.not_before, latest, now)? {
        return Err(Reason::NotYetValid { by });
    }
    if let Some(by) = ahead(claims.issued_at, latest, now)? {
        return Err(Reason::IssuedInFuture { by });
    }
    Ok(())
}

/// "On or after which the token must not be accepted": equality has expired.
pub(super) fn has_expired(expires_at: Duration, now: Duration, leeway: Duration) -> bool {
    now >= expires_at.saturating_add(leeway)
}

/// `exp - iat` is no more than `most`; a token that does not say when it was issued could be of
/// any age.
pub(super) fn check_lifetime(claims: &Fields, most: Duration) -> Result<(), Reason> {
    let issued_at = claims.issued_at.value().ok_or(Reason::IssuedAtMissing)?;
    let expires_at = claims.expires_at.value().ok_or(Reason::ExpiryMissing)?;
    if expires_at.saturating_sub(issued_at) > most {
        return Err(Reason::LifetimeTooLong);
    }
    Ok(())
}

/// How far an optional time is ahead of now, where that is more than the leeway.
fn ahead(
    time: Field<Duration>,
    latest: Duration,
    now: Duration,
) -> Result<Option<Duration>, Reason> {
    match time {
        Field::Absent => Ok(None),
        Field::Null | Field::Invalid => Err(Reason::TimeInvalid),
        Field::Value(time) if time > latest => Ok(Some(time.saturating_sub(now))),
        Field::Value(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_000_000;

    fn at(seconds: u64) -> Field<Duration> {
        Field::Value(Duration::from_secs(seconds))
    }

    fn judge(exp: Field<Duration>, nbf: Field<Duration>, iat: Field<Duration>) -> Option<Reason> {
        let claims = Fields {
            expires_at: exp,
            not_before: nbf,
            issued_at: iat,
            ..Fields::default()
        };
        check(&claims, Duration::from_secs(NOW), Duration::from_secs(60)).err()
    }

    #[test]
    fn each_boundary_to_the_second_and_below() {
        let none = Field::Absent;
        let by = Duration::from_secs;
        let half = Field::Value(Duration::from_millis((NOW - 60) * 1000 + 500));
        for (exp, nbf, iat, expected) in [
            (at(NOW + 1), none, none, None),
            (at(NOW - 59), none, none, None),
            (half, none, none, None),
            (
                at(NOW - 60),
                none,
                none,
                Some(Reason::Expired { by: by(60) }),
            ),
            (at(0), none, none, Some(Reason::Expired { by: by(NOW) })),
            (none, none, none, Some(Reason::ExpiryMissing)),
            (Field::Null, none, none, Some(Reason::TimeInvalid)),
            (Field::Invalid, none, none, Some(Reason::TimeInvalid)),
            (at(NOW + 99), at(NOW + 60), none, None),
            (
                at(NOW + 99),
                at(NOW + 61),
                none,
                Some(Reason::NotYetValid { by: by(61) }),
            ),
            (at(NOW + 99), Field::Null, none, Some(Reason::TimeInvalid)),
            (at(NOW + 99), none, at(NOW + 60), None),
            (
                at(NOW + 99),
                none,
                at(NOW + 61),
                Some(Reason::IssuedInFuture { by: by(61) }),
            ),
            (
                at(NOW + 99),
                none,
                Field::Invalid,
                Some(Reason::TimeInvalid),
            ),
        ] {
            assert_eq!(judge(exp, nbf, iat), expected, "{exp:?} {nbf:?} {iat:?}");
        }
    }

    #[test]
    fn the_ends_of_time_do_not_wrap() {
        let claims = Fields {
            expires_at: at(u64::MAX),
            not_before: at(u64::MAX),
            ..Fields::default()
        };
        for now in [Duration::ZERO, Duration::MAX] {
            for leeway in [Duration::ZERO, Duration::MAX] {
                let _no_panic = check(&claims, now, leeway);
            }
        }
    }
}
