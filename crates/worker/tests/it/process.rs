//! A worker process that is killed without warning.

use crate::scene::Scene;
use serde_json::json;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A running worker process; killed with -9 when dropped.
pub(crate) struct WorkerProcess(Child);

impl WorkerProcess {
    pub(crate) fn start(scene: &Scene, name: &str, blind_resend: bool) -> Self {
        let set_up = json!({
            "name": name,
            "database": scene.database_url,
            "sandbox": scene.sandbox.url(),
            "media": scene.folder.path().join("media"),
            "base_url": scene.context.base_url,
            "divisor": scene.divisor,
            "concurrency": 8,
            "blind_resend": blind_resend,
        });
        let child = Command::new(program())
            .env("CRASH_WORKER", set_up.to_string())
            .stdin(Stdio::null())
            .spawn()
            .expect("the worker starts; `cargo test` builds it as an example");
        Self(child)
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        // Fails only when it has ended already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// `target/<profile>/examples/crash_worker`, beside the folder of this test's program.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile =
        test.parent().and_then(std::path::Path::parent).expect("tests live in target/<profile>/deps");
    profile.join("examples").join("crash_worker")
}
