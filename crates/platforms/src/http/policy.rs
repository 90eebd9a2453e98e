//! Which addresses may be called. Hosts come from people (a Bluesky server) and from answers, so an address inside the
//! operator's network is refused unless the operator named it.

use model::error::HostProblem;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// An entry of `outbound.allow` that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not `host`, `host:port` or an IP address")]
pub struct BadAllowEntry(pub String);

/// A host that may be called although the general rule would refuse it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Allowed {
    /// Lower case; IPv6 without brackets.
    host: String,
    /// `None`: any port.
    port: Option<u16>,
}

/// The rule: `https` on port 443 to public addresses, and whatever the operator listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboundPolicy {
    allow: Vec<Allowed>,
}

impl OutboundPolicy {
    /// Reads entries of the form `host`, `host:port`, `1.2.3.4`, `1.2.3.4:80`, `::1` or `[::1]:80`.
    ///
    /// # Errors
    /// The first entry that has none of these forms.
    pub fn new<S: AsRef<str>>(entries: impl IntoIterator<Item = S>) -> Result<Self, BadAllowEntry> {
        let allow = entries.into_iter().map(|entry| parse_entry(entry.as_ref())).collect::<Result<_, _>>()?;
        Ok(Self { allow })
    }

    /// Lets calls through to the host and port of an address that the operator configured.
    pub fn trust(&mut self, base: &Url) {
        if let Some(host) = base.host() {
            self.allow.push(Allowed { host: bare(&host), port: base.port_or_known_default() });
        }
    }

    /// Checks scheme, port and a literal IP address. Names are checked once more when they are resolved.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn check(&self, url: &Url) -> Result<(), HostProblem> {
        if !matches!(url.scheme(), "https" | "http") || !url.username().is_empty() || url.password().is_some()
        {
            return Err(HostProblem::NotAnAddress);
        }
        let host = url.host().ok_or(HostProblem::NotAnAddress)?;
        let port = url.port_or_known_default();
        let name = bare(&host);
        let mut listed = self.allow.iter().filter(|allowed| allowed.host == name).peekable();
        if listed.peek().is_some() {
            let open = listed.any(|allowed| allowed.port.is_none() || allowed.port == port);
            return if open { Ok(()) } else { Err(HostProblem::PortNotAllowed) };
        }
        match host {
            Host::Ipv4(ip) if !is_public(IpAddr::V4(ip)) => return Err(HostProblem::PrivateAddress),
            Host::Ipv6(ip) if !is_public(IpAddr::V6(ip)) => return Err(HostProblem::PrivateAddress),
            Host::Ipv4(_) | Host::Ipv6(_) | Host::Domain(_) => {}
        }
        if url.scheme() != "https" {
            return Err(HostProblem::NeedsHttps);
        }
        if port != Some(443) {
            return Err(HostProblem::PortNotAllowed);
        }
        Ok(())
    }

    /// Whether a name that resolved to `ip` may be called there.
    pub(super) fn permits(&self, name: &str, ip: IpAddr) -> bool {
        is_public(ip) || self.allow.iter().any(|allowed| allowed.host.eq_ignore_ascii_case(name))
    }
}

fn bare<S: AsRef<str>>(host: &Host<S>) -> String {
    match host {
        Host::Domain(name) => name.as_ref().to_ascii_lowercase(),
        Host::Ipv4(ip) => ip.to_string(),
        Host::Ipv6(ip) => ip.to_string(),
    }
}

fn parse_entry(entry: &str) -> Result<Allowed, BadAllowEntry> {
    let bad = || BadAllowEntry(entry.to_owned());
    let entry = entry.trim();
    if let Ok(ip) = entry.parse::<IpAddr>() {
        return Ok(Allowed { host: ip.to_string(), port: None });
    }
    let (host, port) = match entry.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse().map_err(|_| bad())?)),
        None => (entry, None),
    };
    let host = Host::parse(host).map_err(|_| bad())?;
    Ok(Allowed { host: bare(&host), port })
}

/// Whether an address belongs to the public internet, by the special-purpose registries of IANA
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry>, `…-ipv6-special-registry`).
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || (a == 100 && (64..128).contains(&b)) // carriers' NAT
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19)) // benchmarks
        || a >= 240)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(v4) = ip.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let s = ip.segments();
    let embedded = |hi: u16, lo: u16| {
        let ([a, b], [c, d]) = (hi.to_be_bytes(), lo.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match s {
        // NAT64 and 6to4 lead to the IPv4 address inside.
        [0x64, 0xff9b, 0, 0, 0, 0, hi, lo] => is_public_v4(embedded(hi, lo)),
        [0x2002, hi, lo, ..] => is_public_v4(embedded(hi, lo)),
        [0x2001, 0x0db8, ..] => false,
        // Teredo, benchmarks, ORCHID: 2001::/23.
        [0x2001, second, ..] if second < 0x200 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        // Everything that is global unicast today.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(policy: &OutboundPolicy, url: &str) -> Result<(), HostProblem> {
        policy.check(&Url::parse(url).unwrap())
    }

    #[test]
    fn inside_addresses_are_refused_in_every_spelling() {
        let policy = OutboundPolicy::default();
        for inside in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://10.1.2.3/",
            "https://172.16.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[::]/",
            "https://[fe80::1]/",
            "https://[fd00::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[ff02::1]/",
        ] {
            assert_eq!(check(&policy, inside), Err(HostProblem::PrivateAddress), "{inside}");
        }
        for public in ["https://bsky.social/", "https://1.1.1.1/", "https://[2606:4700::1111]/"] {
            assert_eq!(check(&policy, public), Ok(()), "{public}");
        }
    }

    #[test]
    fn scheme_port_and_credentials_are_checked() {
        let policy = OutboundPolicy::default();
        assert_eq!(check(&policy, "http://bsky.social/"), Err(HostProblem::NeedsHttps));
        assert_eq!(check(&policy, "https://bsky.social:22/"), Err(HostProblem::PortNotAllowed));
        assert_eq!(check(&policy, "ftp://bsky.social/"), Err(HostProblem::NotAnAddress));
        assert_eq!(check(&policy, "https://me@bsky.social/"), Err(HostProblem::NotAnAddress));
    }

    #[test]
    fn an_exception_opens_its_own_port_only() {
        let policy = OutboundPolicy::new(["localhost:2583", "10.0.0.7", "[::1]:80"]).unwrap();
        assert_eq!(check(&policy, "http://localhost:2583/xrpc"), Ok(()));
        assert_eq!(check(&policy, "http://LOCALHOST:5432/"), Err(HostProblem::PortNotAllowed));
        assert_eq!(check(&policy, "https://localhost/"), Err(HostProblem::PortNotAllowed));
        assert_eq!(check(&policy, "http://10.0.0.7:9000/"), Ok(()));
        assert_eq!(check(&policy, "http://[::1]/"), Ok(()));
        assert_eq!(check(&policy, "http://[::1]:81/"), Err(HostProblem::PortNotAllowed));
        assert!(policy.permits("localhost", "127.0.0.1".parse().unwrap()));
        assert!(!policy.permits("evil.example", "127.0.0.1".parse().unwrap()));
    }

    #[test]
    fn a_base_of_the_operator_is_trusted() {
        let mut policy = OutboundPolicy::default();
        policy.trust(&Url::parse("http://127.0.0.1:4100/x/api").unwrap());
        assert_eq!(check(&policy, "http://127.0.0.1:4100/anything"), Ok(()));
        assert_eq!(check(&policy, "http://127.0.0.1:4101/"), Err(HostProblem::PortNotAllowed));
    }

    #[test]
    fn entries_without_a_host_are_refused() {
        for bad in ["", "a b", "host:notaport", "http://host"] {
            assert_eq!(OutboundPolicy::new([bad]), Err(BadAllowEntry(bad.to_owned())), "{bad:?}");
        }
    }
}
