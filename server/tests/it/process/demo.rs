//! `fanfare demo` beside an installation in earnest.

use super::program::{fanfare, listens, stop};
use std::net::TcpListener;
use std::process::Stdio;

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// It would publish what is due there.
#[tokio::test]
async fn a_demo_leaves_the_configured_installation_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    // It runs, and holds its address for operators.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let file = format!(
        "[database]\nurl = \"sqlite:{}\"\n[media]\ndir = \"{}\"\n[server]\nops_listen = \"{}\"\n",
        path("earnest.db"),
        path("earnest-media"),
        taken.local_addr().unwrap(),
    );
    std::fs::write(path("fanfare.toml"), file).unwrap();
    let (listen, sandbox, data) = (free_address(), free_address(), path("demo"));
    let configuration = path("fanfare.toml");
    let arguments = ["demo", "--listen", &listen, "--sandbox-listen", &sandbox, "--data", &data];
    let start = |more: &[&str]| {
        let mut demo = fanfare(&[("FANFARE_CONFIG", &configuration)], &arguments);
        demo.args(more).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };

    let demo = start(&[]);
    listens(&listen).await;
    let (ended, log) = stop(demo).await;
    assert!(ended.success(), "{log}");
    for ignored in ["setting `database.url`", "settings of `media`"] {
        assert!(log.contains(&format!("the demo ignores the {ignored}")), "{log}");
    }
    assert!(folder.path().join("demo/fanfare.db").exists() && folder.path().join("demo/media").exists());
    assert!(!folder.path().join("earnest.db").exists() && !folder.path().join("earnest-media").exists());

    let demo = start(&["--database", &format!("sqlite:{}", path("named.db"))]);
    listens(&listen).await;
    let (ended, log) = stop(demo).await;
    assert!(ended.success() && !log.contains("`database.url`"), "{log}");
    assert!(folder.path().join("named.db").exists() && !folder.path().join("earnest.db").exists());
}
