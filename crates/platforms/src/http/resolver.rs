//! Name resolution that leaves out forbidden addresses, so that a name can't be pointed inside after it was checked.

use super::policy::OutboundPolicy;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::SocketAddr;
use std::sync::Arc;

/// The name leads only to addresses that must not be called.
#[derive(Debug, thiserror::Error)]
#[error("{0} leads to a private address")]
pub(super) struct PrivateName(String);

#[derive(Debug)]
pub(super) struct FilteredResolver(pub(super) Arc<OutboundPolicy>);

impl Resolve for FilteredResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = Arc::clone(&self.0);
        Box::pin(async move {
            let name = name.as_str().to_owned();
            // Port 0 stands for the port of the address that is called.
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let (open, closed): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|addr| policy.permits(&name, addr.ip()));
            if open.is_empty() && !closed.is_empty() {
                return Err(PrivateName(name).into());
            }
            let addrs: Addrs = Box::new(open.into_iter());
            Ok(addrs)
        })
    }
}
