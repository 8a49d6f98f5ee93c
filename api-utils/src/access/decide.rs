//! What the table would answer, without a request.

use http::Method;

use super::evaluate::{Verdict, evaluate};
use super::facts::{Caller, Parameters};
use super::guard::Access;
use super::rule::Rule;
use super::table::{AccessTable, Row};
use crate::token::Token;

/// What becomes of a request, as [`AccessTable::decide`] sees it.
///
/// ```
/// use api_utils::access::Decision;
///
/// assert_ne!(Decision::Allow, Decision::Forbidden);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Decision {
    /// The handler runs.
    Allow,
    /// 401: there is no token.
    Unauthorized,
    /// 403: the token does not meet the rule.
    Forbidden,
    /// 400: a path parameter that the rule reads is not UTF-8.
    BadRequest,
    /// 500: the rule cannot be answered at this route.
    Fault,
    /// 404: no route has this path.
    NotFound,
    /// 405: the path has no handler for this method.
    MethodNotAllowed,
    /// A router answers that does not say who may call it.
    Undeclared,
}

impl AccessTable {
    /// Whether `token` may call `method` and `path`, for pages that show only what their reader
    /// may do, and for tests.
    ///
    /// It decides by the same evaluation as the guards, and matches a path as axum does: what is
    /// percent-encoded is decoded in parameters only. A query is left out. Layers and extractors
    /// of a handler are not asked.
    ///
    /// ```
    /// use api_utils::access::Decision;
    /// use api_utils::{Auth, Token, require_token, routes};
    /// use axum::http::Method;
    /// # use api_utils::token::{Algorithm, Issuer};
    ///
    /// #[require_token(sub = path(user_id))]
    /// async fn show_user() {}
    ///
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef").build()?;
    /// # let token = auth.verify(&Issuer::of(&auth).unwrap().token("alice").mint()?.token)?;
    /// let table = routes! { state Auth; GET "/users/{user_id}" => show_user }.access_table();
    /// assert_eq!(table.decide(&token, &Method::GET, "/users/alice"), Decision::Allow);
    /// assert_eq!(table.decide(&token, &Method::GET, "/users/bob"), Decision::Forbidden);
    /// assert_eq!(table.decide(None, &Method::GET, "/users/bob"), Decision::Unauthorized);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn decide<'t>(
        &self,
        token: impl Into<Option<&'t Token>>,
        method: &Method,
        path: &str,
    ) -> Decision {
        let token = token.into();
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let mut router = matchit::Router::new();
        for entry in self.entries() {
            // A path may stand in the table once for each method.
            match router.insert(entry.path(), entry.path()) {
                Ok(()) => {}
                Err(matchit::InsertError::Conflict { with }) if with == entry.path() => {}
                Err(_) => return Decision::Fault,
            }
        }
        let Ok(matched) = router.at(path) else {
            return self.decide_unmatched(token);
        };
        let route = *matched.value;
        let find = |method: &Method| {
            self.entries()
                .find(|entry| entry.path() == route && entry.method() == method)
        };
        let entry = match find(method) {
            None if *method == Method::HEAD => find(&Method::GET),
            found => found,
        };
        let Some(entry) = entry else {
            return Decision::MethodNotAllowed;
        };
        let parameters = matched
            .params
            .iter()
            .map(|(name, value)| Some((name.to_owned(), percent_decoded(value)?)))
            .collect();
        of(entry.access(), token, parameters)
    }

    fn decide_unmatched(&self, token: Option<&Token>) -> Decision {
        let mut decision = Decision::NotFound;
        for row in self.rows() {
            match row {
                Row::Undeclared(_) => return Decision::Undeclared,
                Row::Fallback(entry) => decision = of(entry.access(), token, Some(Vec::new())),
                Row::Declared { .. } => {}
            }
        }
        decision
    }
}

/// `parameters` is nothing where one of them is not UTF-8.
fn of(
    access: &Access,
    token: Option<&Token>,
    parameters: Option<Vec<(String, String)>>,
) -> Decision {
    let rule = match access {
        Access::Public(_) => return Decision::Allow,
        Access::Token(rule) => rule,
    };
    let Some(token) = token else {
        return Decision::Unauthorized;
    };
    match parameters {
        Some(parameters) => by_rule(rule, token, Parameters::Decoded(parameters)),
        None if rule.reads_path() => Decision::BadRequest,
        None => by_rule(rule, token, Parameters::None),
    }
}

fn by_rule(rule: &Rule, token: &Token, parameters: Parameters) -> Decision {
    match evaluate(rule, &Caller::of(token, token.subject(), &parameters)) {
        Verdict::Allow => Decision::Allow,
        Verdict::Deny | Verdict::ClaimType => Decision::Forbidden,
        Verdict::ParameterMissing | Verdict::ParameterTwice => Decision::Fault,
    }
}

/// As axum decodes a path parameter: what is no `%XX` stays as it is; nothing if it is not UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return String::from_utf8(decoded).ok(),
            [b'%', high, low, tail @ ..] if hex(*high, *low).is_some() => {
                decoded.extend(hex(*high, *low));
                tail
            }
            [byte, tail @ ..] => {
                decoded.push(*byte);
                tail
            }
        };
    }
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = digit(high)?.checked_mul(16)?.checked_add(digit(low)?)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::percent_decoded;

    #[test]
    fn decodes() {
        for (text, decoded) in [
            ("alice", Some("alice")),
            ("%61lice", Some("alice")),
            ("%C3%AB", Some("\u{eb}")),
            ("%2F%2f%25", Some("//%")),
            ("%", Some("%")),
            ("%4", Some("%4")),
            ("%zz%61", Some("%zza")),
            ("+", Some("+")),
            ("%FF", None),
        ] {
            assert_eq!(percent_decoded(text).as_deref(), decoded, "{text}");
        }
    }
}
