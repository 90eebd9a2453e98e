//! `fanfare healthcheck`, `backup` and `restore`, as an operator types them.

use super::program::{fanfare, listens, stop};
use std::net::TcpListener;
use std::process::Stdio;

/// Whether it succeeds, and what it says.
async fn run(settings: &[(&str, &str)], arguments: &[&str]) -> (bool, String) {
    let output = fanfare(settings, arguments).output().await.unwrap();
    let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.success(), told)
}

#[tokio::test]
async fn an_installation_is_looked_at_backed_up_and_restored_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let listen = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let (here, file) = (path("here"), path("backup.tar.gz"));
    let settings = [("FANFARE_DATA__DIR", here.as_str()), ("FANFARE_SERVER__LISTEN", &listen)];

    let (fine, told) = run(&settings, &["healthcheck"]).await;
    assert!(!fine && told.contains("nothing answers"), "{told}");
    let (fine, told) = run(&settings, &["backup", &file]).await;
    assert!(!fine && told.contains("there is no database"), "{told}");

    let server = fanfare(&settings, &["serve"]).stderr(Stdio::piped()).spawn().unwrap();
    listens(&listen).await;
    assert_eq!(run(&settings, &["healthcheck"]).await, (true, String::new()));
    let person = ["user", "create", "--email", "ada@example.com", "--name", "Ada", "--workspace", "Bakery"];
    let (fine, told) = run(&settings, &person).await;
    assert!(fine, "{told}");
    let (fine, told) = run(&settings, &["backup", &file]).await;
    assert!(fine && told.contains("The master key is not in it"), "while the server runs: {told}");
    let (fine, told) = run(&settings, &["backup", &file]).await;
    assert!(!fine && told.contains("backup.tar.gz"), "it takes nothing's place: {told}");
    let (ended, log) = stop(server).await;
    assert!(ended.success(), "{log}");

    let (fine, told) = run(&settings, &["restore", &file]).await;
    assert!(!fine && told.contains("already holds something"), "{told}");
    for (place, arguments, held_back) in
        [("there", vec!["restore", &file], true), ("moved", vec!["restore", &file, "--moved"], false)]
    {
        let there = path(place);
        let settings = [("FANFARE_DATA__DIR", there.as_str())];
        let (fine, told) = run(&settings, &arguments).await;
        assert!(!fine && told.contains("there is no master key"), "{told}");
        std::fs::create_dir_all(&there).unwrap();
        std::fs::copy(path("here/master.key"), path(&format!("{place}/master.key"))).unwrap();
        let (fine, told) = run(&settings, &arguments).await;
        assert!(fine && told.contains("Everybody signs in anew"), "{told}");
        assert_eq!(told.contains("Look through the calendar"), held_back, "{told}");
        let (fine, told) = run(&settings, &["user", "list"]).await;
        assert!(fine && told.contains("ada@example.com"), "{told}");
    }
}
