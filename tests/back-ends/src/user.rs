//! What a user of `jsonwebtoken` installs where its features do not choose.

use jsonwebtoken::crypto::CryptoProvider;

/// Whether the process had none yet: it can be installed once.
#[must_use]
pub fn install() -> bool {
    provider().install_default().is_ok()
}

#[cfg(feature = "both")]
fn provider() -> &'static CryptoProvider {
    &jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER
}

/// With no back end: one of the user's own, for HS256.
#[cfg(not(feature = "both"))]
fn provider() -> &'static CryptoProvider {
    use hmac::{Hmac, KeyInit, Mac};
    use jsonwebtoken::Algorithm;
    use jsonwebtoken::crypto::{JwtSigner, JwtVerifier, KeyUtils};
    use sha2::Sha256;
    use signature::{Error, Signer, Verifier};

    struct Hs256(Hmac<Sha256>);

    impl Hs256 {
        fn new(secret: &[u8]) -> Self {
            Self(Hmac::new_from_slice(secret).expect("any length"))
        }
    }

    impl Signer<Vec<u8>> for Hs256 {
        fn try_sign(&self, text: &[u8]) -> Result<Vec<u8>, Error> {
            let mac = self.0.clone().chain_update(text).finalize();
            Ok(mac.into_bytes().to_vec())
        }
    }

    impl Verifier<Vec<u8>> for Hs256 {
        fn verify(&self, text: &[u8], signature: &Vec<u8>) -> Result<(), Error> {
            let mac = self.0.clone().chain_update(text);
            mac.verify_slice(signature).map_err(|_| Error::new())
        }
    }

    impl JwtSigner for Hs256 {
        fn algorithm(&self) -> Algorithm {
            Algorithm::HS256
        }
    }

    impl JwtVerifier for Hs256 {
        fn algorithm(&self) -> Algorithm {
            Algorithm::HS256
        }
    }

    static PROVIDER: CryptoProvider = CryptoProvider {
        signer_factory: |_, key| Ok(Box::new(Hs256::new(key.as_bytes()))),
        verifier_factory: |_, key| Ok(Box::new(Hs256::new(key.try_get_as_bytes()?))),
        key_utils: KeyUtils::new_unimplemented(),
    };
    &PROVIDER
}
