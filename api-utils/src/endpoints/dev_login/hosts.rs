//! Which hosts and origins the development login answers: loopback, or those that are listed.
//!
//! A page of another site can reach a service on the developer's machine, by its own name bound
//! to 127.0.0.1 as well. So names are compared as text and never resolved.

use http::header::{HOST, HeaderMap, ORIGIN};
use http::uri::Authority;
use http::{HeaderValue, Uri};

/// The hosts of `DEV_LOGIN_HOSTS`; loopback is always among the allowed.
#[derive(Clone, Debug)]
pub(super) struct Hosts(Vec<String>);

/// A request that came from elsewhere, or to another name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Foreign {
    Host,
    Origin,
}

impl Hosts {
    pub(super) fn new(listed: &[String]) -> Self {
        Self(listed.to_vec())
    }

    /// The origin to echo (none when the request has none), or what is foreign about it.
    pub(super) fn admit(
        &self,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<Option<HeaderValue>, Foreign> {
        let mut named = uri
            .authority()
            .map(|authority| self.allows(authority.host()));
        for host in headers.get_all(HOST) {
            let allowed = parse::<Authority>(host).is_some_and(|host| self.allows(host.host()));
            named = Some(named.unwrap_or(true) && allowed);
        }
        if named != Some(true) {
            return Err(Foreign::Host);
        }
        let mut origins = headers.get_all(ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (None, _) => Ok(None),
            (Some(origin), None) if self.is_origin(origin) => Ok(Some(origin.clone())),
            _ => Err(Foreign::Origin),
        }
    }

    fn is_origin(&self, value: &HeaderValue) -> bool {
        parse::<Uri>(value).is_some_and(|origin| {
            matches!(origin.scheme_str(), Some("http" | "https"))
                && origin.host().is_some_and(|host| self.allows(host))
        })
    }

    fn allows(&self, host: &str) -> bool {
        let bare = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        let loopback = bare
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
        loopback
            || host.eq_ignore_ascii_case("localhost")
            || self
                .0
                .iter()
                .any(|listed| host.eq_ignore_ascii_case(listed))
    }
}

fn parse<T: std::str::FromStr>(value: &HeaderValue) -> Option<T> {
    value.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let hosts = Hosts::new(&["dev.example".to_owned()]);
        for (host, expected) in [
            ("localhost", true),
            ("LocalHost", true),
            ("127.0.0.1", true),
            ("127.8.8.8", true),
            ("[::1]", true),
            ("::1", true),
            ("dev.example", true),
            ("DEV.example", true),
            ("", false),
            ("dev.example.evil", false),
            ("localhost.", false),
            ("127.0.0.1.nip.io", false),
            ("127.1", false),
            ("2130706433", false),
            ("0.0.0.0", false),
            ("[::]", false),
            ("10.0.0.1", false),
        ] {
            assert_eq!(hosts.allows(host), expected, "{host}");
        }
    }

    #[test]
    fn every_name_of_a_request_must_be_allowed() {
        let hosts = Hosts::new(&[]);
        let admit = |uri: &str, fields: &[(http::HeaderName, &'static str)]| {
            let headers = fields
                .iter()
                .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
                .collect();
            hosts.admit(&uri.parse().unwrap(), &headers)
        };
        let local = (HOST, "localhost:8080");
        assert_eq!(admit("/", &[]), Err(Foreign::Host));
        assert_eq!(admit("/", std::slice::from_ref(&local)), Ok(None));
        assert_eq!(
            admit("http://evil.example/", std::slice::from_ref(&local)),
            Err(Foreign::Host)
        );
        assert_eq!(
            admit("http://localhost/", &[(HOST, "evil.example")]),
            Err(Foreign::Host)
        );
        assert_eq!(
            admit("/", &[local.clone(), (HOST, "evil.example")]),
            Err(Foreign::Host)
        );
        assert_eq!(
            admit("/", &[(HOST, "localhost@evil.example")]),
            Err(Foreign::Host)
        );
        let page = "http://localhost:3000";
        let echoed = Ok(Some(HeaderValue::from_static(page)));
        assert_eq!(admit("/", &[local.clone(), (ORIGIN, page)]), echoed);
        for foreign in [
            "null",
            "https://evil.example",
            "http://localhost@evil.example",
            "file:///x",
            "",
        ] {
            assert_eq!(
                admit("/", &[local.clone(), (ORIGIN, foreign)]),
                Err(Foreign::Origin),
                "{foreign}"
            );
        }
        let twice = [local, (ORIGIN, page), (ORIGIN, page)];
        assert_eq!(admit("/", &twice), Err(Foreign::Origin));
    }
}
