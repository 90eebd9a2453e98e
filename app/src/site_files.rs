//! How the page's script, wasm and style sheet are called, and the tags that load them.
//!
//! Instead of leptos's own `HydrationScripts`, which in 0.8.23 writes the nonce into the wasm preload's `crossorigin`
//! (leptos issue 4843), so that browsers fetch the file twice; its preloads of lazy parts do so too.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::Link;
use std::collections::HashMap;
use std::sync::Arc;

/// Paths of the built files, with their hashes where the build made them. The server provides them as `Arc` by context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteFiles {
    script: String,
    /// Loads the parts that are split off; the script needs it. A build that isn't split has none.
    loader: Option<String>,
    wasm: String,
    style: String,
    /// The wasm files of each part.
    parts: HashMap<String, Vec<String>>,
}

impl SiteFiles {
    /// `pkg` is the folder they are served from, `name` what they are called, `hashes` cargo-leptos's list with lines
    /// such as `js: abc` (empty: plain names), `parts` its manifest: the file names without extension of each part.
    pub fn new(pkg: &str, name: &str, hashes: &str, parts: HashMap<String, Vec<String>>) -> Self {
        let hash_of = |kind: &str| {
            hashes
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(of, _)| of.trim() == kind)
                .map(|(_, hash)| hash.trim())
        };
        let with_hash = |kind: &str| match hash_of(kind) {
            Some(hash) => format!("/{pkg}/{name}.{hash}.{kind}"),
            None => format!("/{pkg}/{name}.{kind}"),
        };
        let path_of = |file: String| format!("/{pkg}/{file}.wasm");
        Self {
            script: with_hash("js"),
            loader: hash_of("split").map(|hash| format!("/{pkg}/__wasm_split.{hash}.js")),
            wasm: with_hash("wasm"),
            style: with_hash("css"),
            parts: parts
                .into_iter()
                .map(|(part, files)| (part, files.into_iter().map(path_of).collect()))
                .collect(),
        }
    }
}

/// The style sheet, preloads, and the module script that starts the wasm.
#[component]
pub(crate) fn SiteAssets() -> impl IntoView {
    let files = use_context::<Arc<SiteFiles>>().unwrap_or_default();
    let nonce = use_nonce();
    let start = format!(
        "import({:?}).then(m => m.default({{ module_or_path: {:?} }}).then(() => m.hydrate()));",
        files.script, files.wasm
    );
    let loader = files.loader.clone().map(|loader| {
        view! { <link rel="modulepreload" href=loader nonce=nonce.clone() /> }
    });
    view! {
        <link rel="stylesheet" href=files.style.clone() />
        <link rel="modulepreload" href=files.script.clone() nonce=nonce.clone() />
        {loader}
        <link rel="preload" href=files.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script type="module" nonce=nonce inner_html=start></script>
    }
}

/// The part of the pages around.
#[derive(Clone, Copy)]
struct Announced(&'static str);

/// Has the browser fetch a part along with the main wasm: the page that is rendered is in it.
pub(crate) fn announce(part: &'static str) {
    if use_context::<Announced>().is_some_and(|announced| announced.0 == part) {
        return;
    }
    provide_context(Announced(part));
    let Some(files) = use_context::<Arc<SiteFiles>>() else { return };
    for file in files.parts.get(part).into_iter().flatten() {
        // Registers the link with the document's head, whatever becomes of this view.
        drop(
            view! { <Link rel="preload" href=file.clone() as_="fetch" type_="application/wasm" crossorigin="" /> }
                .to_html(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::SiteFiles;
    use std::collections::HashMap;

    #[test]
    fn hashed_names_come_from_the_list_and_the_manifest() {
        let parts =
            HashMap::from([("posts".to_owned(), vec!["chunk_1.ddd".to_owned(), "posts.eee".to_owned()])]);
        let files = SiteFiles::new("pkg", "fanfare", "js: aaa\nwasm: bbb\ncss: ccc\nsplit: fff\n", parts);
        assert_eq!(files.script, "/pkg/fanfare.aaa.js");
        assert_eq!(files.wasm, "/pkg/fanfare.bbb.wasm");
        assert_eq!(files.style, "/pkg/fanfare.ccc.css");
        assert_eq!(files.loader.as_deref(), Some("/pkg/__wasm_split.fff.js"));
        assert_eq!(files.parts["posts"], ["/pkg/chunk_1.ddd.wasm", "/pkg/posts.eee.wasm"]);
    }

    #[test]
    fn without_hashes_the_names_are_plain() {
        let files = SiteFiles::new("pkg", "fanfare", "", HashMap::new());
        assert_eq!(files.script, "/pkg/fanfare.js");
        assert_eq!(files.style, "/pkg/fanfare.css");
        assert_eq!(files.loader, None);
    }
}
