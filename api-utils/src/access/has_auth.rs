//! Where a guard finds its verifier.

use std::sync::Arc;

use super::settings::AccessSettings;
use crate::token::Auth;

/// A router state that has the [`Auth`] its guards verify with.
///
/// It is implemented for `Auth` itself and for `Arc<T>` of such a state. For your own state:
///
/// ```
/// use api_utils::{Auth, HasAuth};
///
/// struct AppState {
///     auth: Auth,
/// }
///
/// impl HasAuth for AppState {
///     fn auth(&self) -> &Auth {
///         &self.auth
///     }
/// }
/// ```
///
/// axum's `FromRef` cannot serve here: the orphan rule forbids it for `Arc<AppState>`.
#[diagnostic::on_unimplemented(
    message = "the state `{Self}` has no `Auth`",
    label = "guards verify tokens with the `Auth` of this state",
    note = "write `impl api_utils::HasAuth for {Self} {{ fn auth(&self) -> &api_utils::Auth {{ &self.auth }} }}`",
    note = "below `#[axum::debug_handler]` say which state it is: `#[axum::debug_handler(state = AppState)]`"
)]
pub trait HasAuth {
    /// The verifier for the routes of this state.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use api_utils::{Auth, HasAuth};
    /// # let auth = Auth::builder("https://id.example", ["my-api"])
    /// #     .hmac(api_utils::token::Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    /// #     .build().unwrap();
    /// let state = Arc::new(auth);
    /// assert!(state.auth().verify("a.b.c").is_err());
    /// ```
    fn auth(&self) -> &Auth;

    /// How guards answer and what they record; the default needs nothing.
    ///
    /// ```
    /// # use api_utils::{Auth, HasAuth};
    /// use api_utils::access::AccessSettings;
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
    /// ```
    fn access_settings(&self) -> &AccessSettings {
        static DEFAULT: AccessSettings = AccessSettings::new();
        &DEFAULT
    }
}

impl HasAuth for Auth {
    fn auth(&self) -> &Auth {
        self
    }
}

impl<T: HasAuth + ?Sized> HasAuth for Arc<T> {
    fn auth(&self) -> &Auth {
        (**self).auth()
    }

    fn access_settings(&self) -> &AccessSettings {
        (**self).access_settings()
    }
}
