//! `docs/CONFIGURATION.md` tells every key and no other.

use server::config::known_keys;
use std::collections::BTreeSet;

#[test]
fn every_key_is_documented() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/CONFIGURATION.md")).unwrap();
    // Rows of tables: | `key` | default | what it does |
    let told: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let known = known_keys();
    let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    assert!(known.len() > 20);
    assert_eq!(told.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "documented, but no key");
    assert_eq!(
        known.difference(&told).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "a key without a word about it"
    );
}
