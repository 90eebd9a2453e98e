//! How the page's script, wasm and style sheet are called, and the tags that load them.
//!
//! Instead of leptos's own `HydrationScripts`, which in 0.8.23 writes the nonce into the wasm preload's `crossorigin`
//! (leptos issue 4843), so that browsers fetch the file twice.

use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use std::sync::OnceLock;

/// Paths of the built files, with their hashes where the build made them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SiteFiles {
    script: String,
    wasm: String,
    style: String,
}

impl SiteFiles {
    /// The hash file is written once per build, beside the binary; so it is read once per process.
    fn of(options: &LeptosOptions) -> &'static Self {
        static FILES: OnceLock<SiteFiles> = OnceLock::new();
        FILES.get_or_init(|| {
            let hashes = if options.hash_files { read_hashes(options) } else { String::new() };
            Self::named(&options.site_pkg_dir, &options.output_name, &hashes)
        })
    }

    /// `hashes` has lines such as `js: abc`; empty means plain names.
    fn named(pkg: &str, name: &str, hashes: &str) -> Self {
        let with_hash = |kind: &str, extension: &str, plain: &str| {
            let hash = hashes
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(of, _)| of.trim() == kind)
                .map(|(_, hash)| hash.trim());
            match hash {
                Some(hash) => format!("/{pkg}/{name}.{hash}.{extension}"),
                None => format!("/{pkg}/{plain}.{extension}"),
            }
        };
        // cargo-leptos drops wasm-bindgen's `_bg`, and says so to the compiler by this variable.
        let plain_wasm =
            if option_env!("LEPTOS_OUTPUT_NAME").is_some() { name.to_owned() } else { format!("{name}_bg") };
        Self {
            script: with_hash("js", "js", name),
            wasm: with_hash("wasm", "wasm", &plain_wasm),
            style: with_hash("css", "css", name),
        }
    }
}

/// Beside the running binary, as cargo-leptos puts it.
fn read_hashes(options: &LeptosOptions) -> String {
    let path = std::env::current_exe()
        .ok()
        .and_then(|binary| binary.parent().map(|folder| folder.join(options.hash_file.as_ref())));
    path.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default()
}

/// The style sheet, preloads, and the module script that starts the wasm.
#[component]
pub(crate) fn SiteAssets(options: LeptosOptions) -> impl IntoView {
    let files = SiteFiles::of(&options);
    let nonce = use_nonce();
    let start = format!(
        "import({:?}).then(m => m.default({{ module_or_path: {:?} }}).then(() => {{ m.hydrate(); \
         document.documentElement.dataset.hydrated = \"\"; }}));",
        files.script, files.wasm
    );
    view! {
        <link rel="stylesheet" href=files.style.as_str() />
        <link rel="modulepreload" href=files.script.as_str() nonce=nonce.clone() />
        <link rel="preload" href=files.wasm.as_str() r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script type="module" nonce=nonce inner_html=start></script>
    }
}

#[cfg(test)]
mod tests {
    use super::SiteFiles;

    #[test]
    fn hashed_names_come_from_the_hash_file() {
        let files = SiteFiles::named("pkg", "fanfare", "js: aaa\nwasm: bbb\ncss: ccc\n");
        assert_eq!(files.script, "/pkg/fanfare.aaa.js");
        assert_eq!(files.wasm, "/pkg/fanfare.bbb.wasm");
        assert_eq!(files.style, "/pkg/fanfare.ccc.css");
    }

    #[test]
    fn without_hashes_the_names_are_plain() {
        let files = SiteFiles::named("pkg", "fanfare", "");
        assert_eq!(files.script, "/pkg/fanfare.js");
        assert_eq!(files.style, "/pkg/fanfare.css");
    }
}
