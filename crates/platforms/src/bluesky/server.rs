//! Servers that people name.

use super::{Bluesky, method};
use crate::http::{HttpError, OutboundPolicy};
use model::error::HostProblem;
use serde_json::Value;
use url::Url;

/// The address meant by what a person typed (`bsky.social`, `https://pds.example/`), without a slash at its end, if it may
/// be called.
///
/// # Errors
/// What is wrong with it.
pub fn server_address(typed: &str, policy: &OutboundPolicy) -> Result<String, HostProblem> {
    let typed = typed.trim();
    let full = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&full).map_err(|_| HostProblem::NotAnAddress)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(HostProblem::NotAnAddress);
    }
    policy.check(&url)?;
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

impl Bluesky {
    /// Checks that a server of the AT Protocol answers at an address; gives the address to keep.
    pub(crate) async fn check_server(&self, typed: &str) -> Result<String, HostProblem> {
        let host = server_address(typed, self.http.policy())?;
        let answer =
            self.http.send(self.http.get(method(&host, "com.atproto.server.describeServer"))).await.map_err(
                |error| match error {
                    HttpError::Blocked(problem) => problem,
                    HttpError::NotSent(reason) if reason.contains("dns") => HostProblem::NotResolved,
                    HttpError::NotSent(_) | HttpError::MaybeSent(_) => HostProblem::NotReachable,
                    HttpError::TooLarge { .. } => HostProblem::WrongServer,
                },
            )?;
        let described = answer.json::<Value>().unwrap_or_default();
        let is_server = described.get("availableUserDomains").is_some() || described.get("did").is_some();
        if is_server { Ok(host) } else { Err(HostProblem::WrongServer) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_addresses_are_completed_and_checked() {
        let policy = OutboundPolicy::new(["localhost:2583"]).unwrap();
        let address = |typed| server_address(typed, &policy);
        assert_eq!(address(" bsky.social "), Ok("https://bsky.social".to_owned()));
        assert_eq!(address("https://pds.example/"), Ok("https://pds.example".to_owned()));
        assert_eq!(address("http://localhost:2583"), Ok("http://localhost:2583".to_owned()));
        assert_eq!(address("http://pds.example"), Err(HostProblem::NeedsHttps));
        assert_eq!(address("192.168.0.1"), Err(HostProblem::PrivateAddress));
        assert_eq!(address("127.1"), Err(HostProblem::PrivateAddress));
        assert_eq!(address("pds.example:8080"), Err(HostProblem::PortNotAllowed));
        assert_eq!(address("not an address"), Err(HostProblem::NotAnAddress));
        assert_eq!(address("pds.example/?a=b"), Err(HostProblem::NotAnAddress));
        assert_eq!(address(""), Err(HostProblem::NotAnAddress));
    }
}
