//! Who asks to be logged in: the body of `POST /dev-login`.

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use serde::Deserialize;
use serde_json::Value;

/// Whom to mint a token for. Every member is optional.
#[derive(Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Identity {
    pub(super) subject: String,
    pub(super) roles: Vec<String>,
    pub(super) scopes: Vec<String>,
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            subject: "dev-user-1".to_owned(),
            roles: vec!["developer".to_owned()],
            scopes: Vec::new(),
        }
    }
}

/// A body that says nobody: the status, and what to send instead.
pub(super) type Refused = (StatusCode, String);

impl Identity {
    /// No body at all asks for the defaults.
    pub(super) fn parse(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refused> {
        if body.is_empty() {
            return Ok(Self::default());
        }
        if !is_json(headers) {
            let wanted = "send the body as `Content-Type: application/json`".to_owned();
            return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, wanted));
        }
        let value: Value = serde_json::from_slice(body).map_err(|error| {
            (
                StatusCode::BAD_REQUEST,
                format!("the body is not JSON: {error}"),
            )
        })?;
        // serde would read an array as the struct's fields in order.
        let object = Value::Object(value.as_object().cloned().unwrap_or_default());
        if object != value {
            return Err(unprocessable("it is no object"));
        }
        let identity: Self =
            serde_json::from_value(object).map_err(|error| unprocessable(&error.to_string()))?;
        if identity.subject.trim().is_empty() {
            return Err(unprocessable("`subject` is blank"));
        }
        Ok(identity)
    }
}

fn unprocessable(reason: &str) -> Refused {
    let text = format!(
        "{reason}; the body is {{\"subject\": string, \"roles\": [string], \
         \"scopes\": [string]}}, each optional"
    );
    (StatusCode::UNPROCESSABLE_ENTITY, text)
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
