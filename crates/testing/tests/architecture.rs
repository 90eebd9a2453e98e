//! Who may depend on whom (`docs/ARCHITECTURE.md`), read from cargo itself.

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};

/// Each crate of the workspace and what it may use of the others, outside tests.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("ui", &[]),
    ("sandbox", &[]),
    ("charts", &[]),
    ("app", &["charts", "insights", "model", "ui"]),
    ("frontend", &["app"]),
    ("insights", &["model"]),
    ("storage", &["model"]),
    ("queue", &["model", "storage"]),
    ("platforms", &["model"]),
    ("service", &["insights", "model", "platforms", "queue", "storage"]),
    ("backup", &["model", "service", "storage"]),
    ("worker", &["model", "queue", "service", "storage"]),
    ("demo", &["insights", "model", "platforms", "service", "storage"]),
    (
        "server",
        &["app", "backup", "demo", "model", "platforms", "queue", "sandbox", "service", "storage", "worker"],
    ),
    // Test-only.
    ("testing", &["model", "storage"]),
    ("seeding", &["demo", "model", "platforms", "service", "storage"]),
];

/// Crates that no other may use outside tests.
const TEST_ONLY: &[&str] = &["testing", "seeding"];

#[test]
fn crates_depend_only_on_what_the_architecture_allows() {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata runs");
    let ours: BTreeSet<&str> = metadata.packages.iter().map(|p| p.name.as_str()).collect();
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    assert_eq!(ours, allowed.keys().copied().collect(), "a crate without a row, or a row without a crate");

    for package in &metadata.packages {
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            if dependency.kind == DependencyKind::Development || !ours.contains(name) {
                continue;
            }
            assert!(
                allowed[package.name.as_str()].contains(&name) && !TEST_ONLY.contains(&name),
                "{} must not depend on {name}",
                package.name
            );
        }
    }
}
