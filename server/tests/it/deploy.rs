//! The files of `docs/deploy`, and what the documents say to set: every setting in them is one of ours.

use server::config::{Config, known_keys};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use yaml_rust2::{Yaml, YamlLoader};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn texts() -> Vec<(String, String)> {
    let mut paths = vec![root().join("README.md")];
    for folder in ["docs", "docs/deploy"] {
        let files = std::fs::read_dir(root().join(folder)).unwrap();
        paths.extend(files.map(|file| file.unwrap().path()).filter(|path| path.is_file()));
    }
    paths
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// Every `FANFARE_X__Y` of a text.
fn variables(text: &str) -> BTreeSet<String> {
    let part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    text.split(|c| !part(c))
        .filter(|word| word.starts_with("FANFARE_") && word.contains("__"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_variable_is_a_setting() {
    let known: BTreeSet<String> =
        known_keys().iter().map(|key| format!("FANFARE_{}", key.to_uppercase().replace('.', "__"))).collect();
    let mut seen = 0;
    for (path, text) in texts() {
        let unknown: Vec<String> =
            variables(&text).into_iter().filter(|name| !known.contains(name)).collect();
        assert!(unknown.is_empty(), "{path} sets {unknown:?}, which are no settings");
        seen += variables(&text).len();
    }
    assert!(seen > 20, "the files were not found: {seen}");
}

/// The settings of every mapping in a document, but for those that a person fills in.
fn settings(yaml: &Yaml, found: &mut Vec<BTreeMap<String, String>>) {
    match yaml {
        Yaml::Hash(hash) => {
            let mut here = BTreeMap::new();
            for (key, value) in hash {
                let name = key.as_str().unwrap_or_default();
                if name.starts_with("FANFARE_") {
                    // In quotes, where YAML would read something else than text.
                    let text = value.as_str().unwrap();
                    if !text.contains("${") && !text.contains("CHANGE-ME") {
                        here.insert(name.to_owned(), text.to_owned());
                    }
                }
                settings(value, found);
            }
            if !here.is_empty() {
                found.push(here);
            }
        }
        Yaml::Array(items) => items.iter().for_each(|item| settings(item, found)),
        _ => {}
    }
}

#[test]
fn the_yaml_can_be_read_and_its_settings_have_good_values() {
    let mut found = Vec::new();
    for file in ["compose.sqlite.yml", "compose.postgres.yml", "kubernetes.yml"] {
        let text = std::fs::read_to_string(root().join("docs/deploy").join(file)).unwrap();
        let documents = YamlLoader::load_from_str(&text).unwrap();
        assert!(!documents.is_empty(), "{file}");
        documents.iter().for_each(|document| settings(document, &mut found));
    }
    assert!(found.len() >= 4, "{found:?}");
    for mut settings in found {
        // A person fills these in.
        if settings.contains_key("FANFARE_MEDIA__S3__BUCKET") {
            for name in ["KEY_ID", "SECRET"] {
                settings
                    .entry(format!("FANFARE_MEDIA__S3__{name}"))
                    .or_insert_with(|| "filled-in".to_owned());
            }
        }
        if let Err(error) = Config::load(None, settings.clone()) {
            panic!("{error}: {settings:?}");
        }
    }
}
