//! How a service answers and what it records: settings of its state.

use std::fmt;
use std::sync::Arc;

use axum::response::Response;

use super::audit::AuditEvent;
use super::rejection::Rejection;

/// How guards answer what they refuse, and what they record.
///
/// A state gives it by [`HasAuth::access_settings`](crate::HasAuth::access_settings); the default
/// needs nothing.
///
/// ```
/// use api_utils::access::AccessSettings;
/// use api_utils::{Auth, HasAuth};
///
/// struct AppState {
///     auth: Auth,
///     access: AccessSettings,
/// }
///
/// impl HasAuth for AppState {
///     fn auth(&self) -> &Auth {
///         &self.auth
///     }
///     fn access_settings(&self) -> &AccessSettings {
///         &self.access
///     }
/// }
///
/// let access = AccessSettings::new().realm("orders").audit_subject(false);
/// ```
#[derive(Clone, Debug, Default)]
pub struct AccessSettings {
    /// Nothing: the defaults.
    inner: Option<Arc<Inner>>,
}

type Restyle = dyn Fn(&Rejection, Response) -> Response + Send + Sync;
type Sink = dyn Fn(&AuditEvent<'_>) + Send + Sync;

#[derive(Clone, Default)]
struct Inner {
    realm: Option<Box<str>>,
    restyle: Option<Arc<Restyle>>,
    sink: Option<Arc<Sink>>,
    without_subject: bool,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner")
            .field("realm", &self.realm)
            .field("restyle", &self.restyle.is_some())
            .field("sink", &self.sink.is_some())
            .field("without_subject", &self.without_subject)
            .finish()
    }
}

impl AccessSettings {
    pub(super) const DEFAULT: Self = Self { inner: None };

    /// The defaults: realm `api`, answers as they are, no sink, subjects recorded.
    ///
    /// ```
    /// let settings = api_utils::access::AccessSettings::new();
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self::DEFAULT
    }

    /// The `realm` of challenges (RFC 9110 section 11.5). Anything but printable ASCII is left
    /// out.
    ///
    /// ```
    /// let settings = api_utils::access::AccessSettings::new().realm("orders");
    /// ```
    #[must_use]
    pub fn realm(self, realm: &str) -> Self {
        let realm: String = realm
            .chars()
            .filter(|c| *c == ' ' || c.is_ascii_graphic())
            .collect();
        self.with(|inner| inner.realm = Some(realm.into()))
    }

    /// Restyles every answer of a guard: it is given the answer as it would be sent, and returns
    /// the one to send.
    ///
    /// ```
    /// use api_utils::access::AccessSettings;
    /// use axum::body::Body;
    ///
    /// let settings = AccessSettings::new().restyle(|rejection, answer| {
    ///     let (mut parts, _) = answer.into_parts();
    ///     parts.headers.remove("content-type");
    ///     axum::response::Response::from_parts(parts, Body::from(rejection.status().to_string()))
    /// });
    /// ```
    #[must_use]
    pub fn restyle(
        self,
        restyle: impl Fn(&Rejection, Response) -> Response + Send + Sync + 'static,
    ) -> Self {
        self.with(|inner| inner.restyle = Some(Arc::new(restyle)))
    }

    /// Is told of each request that met a guard, and of each that an extractor refused, beside the
    /// `tracing` event. It runs before the handler: hand the event on, and do not wait.
    ///
    /// ```
    /// use api_utils::access::{AccessSettings, AuditEvent};
    ///
    /// let (sender, receiver) = std::sync::mpsc::channel();
    /// let settings = AccessSettings::new().audit_sink(move |event: &AuditEvent<'_>| {
    ///     let _ = sender.send(event.outcome());
    /// });
    /// ```
    #[must_use]
    pub fn audit_sink(self, sink: impl Fn(&AuditEvent<'_>) + Send + Sync + 'static) -> Self {
        self.with(|inner| inner.sink = Some(Arc::new(sink)))
    }

    /// Whether audit events have the verified subject: yes, unless this says no.
    ///
    /// ```
    /// let settings = api_utils::access::AccessSettings::new().audit_subject(false);
    /// ```
    #[must_use]
    pub fn audit_subject(self, recorded: bool) -> Self {
        self.with(|inner| inner.without_subject = !recorded)
    }

    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = self.inner.map_or_else(Inner::default, Arc::unwrap_or_clone);
        change(&mut inner);
        Self {
            inner: Some(Arc::new(inner)),
        }
    }

    pub(super) fn realm_text(&self) -> &str {
        let inner = self.inner.as_deref();
        inner
            .and_then(|inner| inner.realm.as_deref())
            .unwrap_or("api")
    }

    pub(super) fn has_audit_subject(&self) -> bool {
        self.inner
            .as_ref()
            .is_none_or(|inner| !inner.without_subject)
    }

    pub(super) fn tell_sink(&self, event: &AuditEvent<'_>) {
        if let Some(sink) = self.inner.as_ref().and_then(|inner| inner.sink.as_ref()) {
            sink(event);
        }
    }

    pub(super) fn restyled(&self, rejection: &Rejection, answer: Response) -> Response {
        match self.inner.as_ref().and_then(|inner| inner.restyle.as_ref()) {
            Some(restyle) => restyle(rejection, answer),
            None => answer,
        }
    }
}
