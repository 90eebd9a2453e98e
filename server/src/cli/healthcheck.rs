//! `fanfare healthcheck`: what a container asks itself, since its image has no other program that could.

use crate::config::Config;
use anyhow::{Context as _, Result, bail};
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(5);
/// The beginning of the answer tells all.
const MOST: u64 = 1024;

/// Succeeds when the server of this configuration answers `/healthz`.
pub(super) fn run(config: &Config) -> Result<()> {
    let server = &config.server;
    let address = match server.ops_listen {
        Some(address) => address,
        None if server.role.serves() => server.listen,
        None => bail!("a process that only publishes answers nowhere: set `server.ops_listen`"),
    };
    let address = here(address);
    let answer = ask(address).with_context(|| format!("nothing answers at {address}"))?;
    let status = answer.lines().next().unwrap_or_default();
    if status.split(' ').nth(1) != Some("200") {
        bail!("{address} answers {status:?}");
    }
    Ok(())
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(MOST).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Who listens everywhere is asked on this machine.
fn here(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
