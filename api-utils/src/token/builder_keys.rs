//! The keys of an `Auth` to be.

use super::{Algorithm, AuthBuilder, AuthError, Key};

impl AuthBuilder {
    /// Accepts tokens signed with this secret by this algorithm (HS256, HS384 or HS512).
    ///
    /// The bytes are the key as they are. It has to be at least as long as the hash (RFC 7518
    /// section 3.2); `openssl rand -base64 32` (`-base64 48`, `-hex 64`) makes a good one.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, AuthError};
    ///
    /// let error = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs384, b"0123456789abcdef0123456789abcdef")
    ///     .build();
    /// assert_eq!(error.unwrap_err(), AuthError::KeyTooShort { algorithm: Algorithm::Hs384 });
    /// ```
    pub fn hmac(mut self, algorithm: Algorithm, key: impl AsRef<[u8]>) -> Self {
        self.add(Key::hmac(algorithm, key).map(|key| [key]));
        self
    }

    /// Accepts tokens signed with any of these keys: those of a `JwkSet`, or a few with a `kid`
    /// each.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, Key};
    ///
    /// let key = Key::hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")?;
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .keys([key.with_kid("2026-11")])
    ///     .build()?;
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    pub fn keys(mut self, keys: impl IntoIterator<Item = Key>) -> Self {
        self.add(Ok(keys));
        self
    }

    /// Accepts tokens signed with the private key of this public one by this algorithm: RS, PS,
    /// ES or EdDSA.
    ///
    /// The text is PEM, `-----BEGIN PUBLIC KEY-----`.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, AuthError, KeyFault};
    ///
    /// let pem = "-----BEGIN PUBLIC KEY-----
    /// MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdZNeDuijLFTv0ILSgLp6M3OM6oov
    /// pBK4cmAoih+cs6qRp7ftVvQg7qIXSWRja3x+EYejGH0SwxtUAdHX1a+/Ag==
    /// -----END PUBLIC KEY-----";
    /// let builder = || Auth::builder("https://id.example", ["my-api"]);
    /// assert!(builder().pem(Algorithm::Es256, pem).build().is_ok());
    ///
    /// let error = builder().pem(Algorithm::Rs256, pem).build().unwrap_err();
    /// assert_eq!(error, AuthError::Key(KeyFault::OtherAlgorithm));
    /// ```
    #[cfg(feature = "asymmetric")]
    pub fn pem(mut self, algorithm: Algorithm, text: impl AsRef<str>) -> Self {
        self.add(Key::pem(algorithm, text).map(|key| [key]));
        self
    }

    /// Accepts tokens signed with the keys of a JWK Set, given as its text.
    ///
    /// ```
    /// use api_utils::Auth;
    ///
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .jwk_set(r#"{ "keys": [ { "kty": "OKP", "crv": "Ed25519", "kid": "one",
    ///         "x": "aKgknJ3MLh-jkJmDUYDioti_gDBnGkjtlXncAeINS88" } ] }"#)
    ///     .build()?;
    /// # Ok::<(), api_utils::token::AuthError>(())
    /// ```
    #[cfg(feature = "asymmetric")]
    pub fn jwk_set(mut self, text: impl AsRef<[u8]>) -> Self {
        self.add(super::JwkSet::parse(text));
        self
    }

    /// Accepts tokens signed with the keys of a JWK Set in a file. It is read now, and not again.
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{AuthError, KeyFault};
    ///
    /// let error = Auth::builder("https://id.example", ["my-api"])
    ///     .jwk_set_file("no-such-file.json")
    ///     .build();
    /// let not_found = KeyFault::File(std::io::ErrorKind::NotFound);
    /// assert_eq!(error.unwrap_err(), AuthError::Key(not_found));
    /// ```
    #[cfg(feature = "asymmetric")]
    pub fn jwk_set_file(mut self, path: impl AsRef<std::path::Path>) -> Self {
        self.add(super::JwkSet::read(path));
        self
    }

    /// Accepts tokens of these algorithms alone, whatever keys there are now or later: a key of
    /// another one is left out, with a warning in the log.
    ///
    /// Each key serves one algorithm in any case. This is for sets of keys that somebody else makes
    /// (RFC 8725 section 3.1).
    ///
    /// ```
    /// use api_utils::Auth;
    /// use api_utils::token::{Algorithm, AuthError, Key};
    ///
    /// let auth = Auth::builder("https://id.example", ["my-api"])
    ///     .hmac(Algorithm::Hs256, b"0123456789abcdef0123456789abcdef")
    ///     .algorithms([Algorithm::Hs256])
    ///     .build()?;
    ///
    /// let other = Key::hmac(Algorithm::Hs384, [1, 2, 3, 4, 5, 6, 7, 8].repeat(6))?;
    /// assert_eq!(auth.replace_keys([other]).unwrap_err(), AuthError::NoKeyOfAlgorithms);
    /// # Ok::<(), AuthError>(())
    /// ```
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        self.algorithms = Some(algorithms.into_iter().collect());
        self
    }

    /// The first error is the one that counts.
    fn add(&mut self, more: Result<impl IntoIterator<Item = Key>, AuthError>) {
        if let Ok(keys) = &mut self.keys {
            match more {
                Ok(more) => keys.extend(more),
                Err(error) => self.keys = Err(error),
            }
        }
    }
}
