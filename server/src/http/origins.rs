//! The addresses people use, and how a request came.

use http::header::{HOST, ORIGIN};
use http::{HeaderMap, Uri};
use std::net::{IpAddr, SocketAddr};
use url::Url;

/// The configured base addresses.
#[derive(Debug)]
pub(super) struct Origins {
    bases: Vec<Url>,
    /// A proxy in front of us sets `X-Forwarded-For` and `X-Forwarded-Proto`.
    trust_forwarded: bool,
}

/// How a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) https: bool,
    /// To this machine itself, by its name.
    pub(super) loopback: bool,
}

impl Arrival {
    /// Browsers keep `Secure` and `__Host-` cookies from here.
    pub(super) const fn secure_cookies(self) -> bool {
        self.https || self.loopback
    }

    /// Passwords can be read on the way.
    pub(super) const fn insecure(self) -> bool {
        !self.https && !self.loopback
    }
}

impl Origins {
    pub(super) fn new(bases: Vec<Url>, trust_forwarded: bool) -> Self {
        Self { bases, trust_forwarded }
    }

    /// Whether any base is https; then browsers are told to stay with it.
    pub(super) fn any_https(&self) -> bool {
        self.bases.iter().any(|base| base.scheme() == "https")
    }

    /// Whether `Origin` is one of ours. Absent or opaque it isn't.
    pub(super) fn is_ours(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = text(headers, ORIGIN.as_str()) else { return false };
        self.bases.iter().any(|base| base.origin().ascii_serialization() == origin)
    }

    /// The base address instead of another name of this machine (`localhost` for `127.0.0.1`): a session belongs to one
    /// name, and a platform's consent page comes back to the base.
    pub(super) fn same_machine(&self, headers: &HeaderMap) -> Option<&Url> {
        let host = text(headers, HOST.as_str())?;
        let base = self.bases.first().filter(|base| is_loopback(&authority(base)))?;
        let other =
            is_loopback(host) && !self.bases.iter().any(|base| authority(base).eq_ignore_ascii_case(host));
        other.then_some(base)
    }

    pub(super) fn arrival(&self, headers: &HeaderMap, uri: &Uri) -> Arrival {
        // HTTP/2 has the host in the address instead.
        let host = text(headers, HOST.as_str())
            .or_else(|| uri.authority().map(http::uri::Authority::as_str))
            .unwrap_or_default();
        let configured = self.bases.iter().find(|base| authority(base).eq_ignore_ascii_case(host));
        let https = match configured {
            Some(base) => base.scheme() == "https",
            None => self.trust_forwarded && text(headers, "x-forwarded-proto") == Some("https"),
        };
        Arrival { https, loopback: is_loopback(host) }
    }

    /// The address of the browser, as far as it can be known.
    pub(super) fn client_address(&self, headers: &HeaderMap, peer: Option<SocketAddr>) -> String {
        let forwarded = if self.trust_forwarded {
            // The last entry is our proxy's; those before it can be made up by anyone.
            headers
                .get_all("x-forwarded-for")
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|line| line.split(','))
                .filter_map(|entry| entry.trim().parse::<IpAddr>().ok())
                .next_back()
        } else {
            None
        };
        forwarded.or(peer.map(|peer| peer.ip())).map(|ip| ip.to_canonical().to_string()).unwrap_or_default()
    }
}

/// From this machine by its name, and not through a proxy on it. Another name may be one that a page elsewhere made point here.
pub(super) fn is_local(headers: &HeaderMap, peer: Option<SocketAddr>) -> bool {
    let proxied =
        ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|name| headers.contains_key(*name));
    let by_name = text(headers, HOST.as_str()).is_none_or(is_loopback);
    !proxied && by_name && peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback())
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Host and port as in a `Host` header.
fn authority(base: &Url) -> String {
    let host = base.host_str().unwrap_or_default();
    base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.to_ascii_lowercase().ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(trust: bool) -> Origins {
        let bases = ["https://fanfare.example", "http://nas.lan:3000"];
        Origins::new(bases.iter().map(|base| base.parse().unwrap()).collect(), trust)
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    fn arrival(host: &str) -> Arrival {
        origins(false).arrival(&headers(&[("host", host)]), &Uri::from_static("/"))
    }

    #[test]
    fn another_name_of_this_machine_leads_to_the_base() {
        let local = Origins::new(vec!["http://127.0.0.1:3000".parse().unwrap()], false);
        let at = |host: &str| local.same_machine(&headers(&[("host", host)])).map(Url::as_str);
        assert_eq!(at("localhost:3000"), Some("http://127.0.0.1:3000/"));
        assert_eq!(at("127.0.0.1:3000"), None);
        assert_eq!(at("nas.lan:3000"), None);
        assert!(origins(false).same_machine(&headers(&[("host", "localhost:3000")])).is_none());
    }

    #[test]
    fn cookies_are_secure_over_https_and_on_this_machine() {
        assert!(arrival("fanfare.example").secure_cookies());
        for local in ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST", "fanfare.localhost:1"] {
            assert!(arrival(local).secure_cookies(), "{local}");
        }
        for plain in ["nas.lan:3000", "192.168.1.5:3000", "localhost.evil.example", "other.example", ""] {
            assert!(arrival(plain).insecure(), "{plain}");
        }
    }

    #[test]
    fn a_proxy_is_believed_only_where_configured() {
        let forwarded = headers(&[
            ("host", "other.example"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-for", "1.2.3.4, 5.6.7.8"),
        ]);
        let peer = Some("127.0.0.1:9".parse().unwrap());
        assert!(origins(true).arrival(&forwarded, &Uri::from_static("/")).https);
        assert!(!origins(false).arrival(&forwarded, &Uri::from_static("/")).https);
        assert_eq!(origins(true).client_address(&forwarded, peer), "5.6.7.8");
        assert_eq!(origins(false).client_address(&forwarded, peer), "127.0.0.1");
        assert!(!is_local(&forwarded, peer));
        assert!(is_local(&headers(&[]), peer));
        assert!(is_local(&headers(&[("host", "127.0.0.1:3000")]), peer));
        assert!(!is_local(&headers(&[("host", "rebound.example:3000")]), peer));
        assert!(!is_local(&headers(&[]), Some("10.0.0.1:9".parse().unwrap())));
    }

    #[test]
    fn our_origins() {
        let is_ours = |origin: &str| origins(false).is_ours(&headers(&[("origin", origin)]));
        assert!(is_ours("https://fanfare.example") && is_ours("http://nas.lan:3000"));
        for other in ["http://fanfare.example", "https://fanfare.example.evil", "http://nas.lan", "null", ""]
        {
            assert!(!is_ours(other), "{other}");
        }
        assert!(!origins(false).is_ours(&HeaderMap::new()));
    }
}
