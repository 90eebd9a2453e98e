//! The built site: style, script, wasm, fonts. Embedded in a release build, read from the folder in a debug build.

use super::web::Web;
use app::SiteFiles;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, Method, StatusCode};
use leptos::config::LeptosOptions;
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::path::PathBuf;

/// As in the workspace's `Cargo.toml`, for cargo-leptos.
const OUTPUT_NAME: &str = "fanfare";
const PACKAGE_DIR: &str = "pkg";
/// Names that cargo-leptos gives.
const SPLIT_LOADER: &str = "__wasm_split";
const SPLIT_MANIFEST: &str = "__wasm_split_manifest";

/// Built by cargo-leptos before the server is compiled. Without it the pages have no style and no script.
#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Embedded;

/// Where the files are.
#[derive(Clone, Debug)]
pub(super) enum Site {
    Embedded,
    Folder(PathBuf),
}

struct Found {
    bytes: Cow<'static, [u8]>,
    etag: Option<String>,
}

impl Site {
    pub(super) fn new() -> Self {
        let embedded = !cfg!(debug_assertions) && Embedded::iter().next().is_some();
        if embedded {
            return Self::Embedded;
        }
        Self::Folder(
            std::env::var_os("LEPTOS_SITE_ROOT").map_or_else(|| PathBuf::from("target/site"), PathBuf::from),
        )
    }

    /// What leptos asks for: where the site is, and in `make dev` how pages are told to load anew.
    pub(super) fn leptos_options(&self) -> LeptosOptions {
        let mut options = LeptosOptions::builder().output_name(OUTPUT_NAME).site_pkg_dir(PACKAGE_DIR).build();
        if let Self::Folder(folder) = self {
            options.site_root = folder.display().to_string().into();
            if let Some(port) = std::env::var("LEPTOS_RELOAD_PORT").ok().and_then(|port| port.parse().ok()) {
                options.reload_port = port;
            }
        }
        options
    }

    /// How the pages find script, style and wasm.
    pub(super) fn files(&self) -> SiteFiles {
        let (hashes, manifest) = match self {
            Self::Embedded => {
                let hashes = hashes(Embedded::iter());
                let manifest = Embedded::get(&manifest_name(&hashes)).map(|file| file.data.into_owned());
                (hashes, manifest)
            }
            Self::Folder(folder) => {
                // cargo-leptos lists the names it gave beside the binary. A folder may hold those of earlier builds.
                let list = std::env::current_exe().map(|binary| binary.with_file_name("hash.txt"));
                let hashes = list.and_then(std::fs::read_to_string).unwrap_or_default();
                let manifest = std::fs::read(folder.join(manifest_name(&hashes))).ok();
                (hashes, manifest)
            }
        };
        let parts = manifest.map(|manifest| serde_json::from_slice(&manifest)).transpose();
        let parts = parts.unwrap_or_else(|error| {
            // The pages work without: their parts come a little later.
            tracing::warn!(%error, "the list of the site's lazy parts can't be read");
            None
        });
        SiteFiles::new(PACKAGE_DIR, OUTPUT_NAME, &hashes, parts.unwrap_or_default())
    }

    async fn find(&self, path: &str) -> Option<Found> {
        let inside =
            !path.is_empty() && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        if !inside || path.contains(['\\', '\0']) {
            return None;
        }
        match self {
            Self::Embedded => Embedded::get(path).map(|file| {
                let etag: String =
                    file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
                Found { bytes: file.data, etag: Some(format!("\"{etag}\"")) }
            }),
            Self::Folder(folder) => {
                let bytes = tokio::fs::read(folder.join(path)).await.ok()?;
                Some(Found { bytes: Cow::Owned(bytes), etag: None })
            }
        }
    }
}

/// `js: <hash>` and so on, from names such as `pkg/fanfare.<hash>.js`: the list that cargo-leptos writes.
fn hashes<N: AsRef<str>>(names: impl Iterator<Item = N>) -> String {
    let mut list = String::new();
    for name in names {
        let Some(name) = name.as_ref().strip_prefix(&format!("{PACKAGE_DIR}/")) else { continue };
        let parts: Vec<&str> = name.split('.').collect();
        match parts[..] {
            [OUTPUT_NAME, hash, kind @ ("js" | "wasm" | "css")] => {
                list.push_str(&format!("{kind}: {hash}\n"));
            }
            [SPLIT_LOADER, hash, "js"] => list.push_str(&format!("split: {hash}\n")),
            [SPLIT_MANIFEST, hash, "json"] => list.push_str(&format!("manifest: {hash}\n")),
            _ => {}
        }
    }
    list
}

/// The path of the manifest of the site's lazy parts.
fn manifest_name(hashes: &str) -> String {
    let hash = hashes.lines().find_map(|line| line.strip_prefix("manifest:"));
    match hash {
        Some(hash) => format!("{PACKAGE_DIR}/{SPLIT_MANIFEST}.{}.json", hash.trim()),
        None => format!("{PACKAGE_DIR}/{SPLIT_MANIFEST}.json"),
    }
}

/// Answers with a file of the site if there is one of that name; all else goes on.
pub(super) async fn serve(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let last = path.rsplit('/').next().unwrap_or_default();
    if !matches!(*request.method(), Method::GET | Method::HEAD) || !last.contains('.') {
        return next.run(request).await;
    }
    let takes_brotli = accepts_brotli(request.headers());
    let packed = if takes_brotli { web.site.find(&format!("{path}.br")).await } else { None };
    let is_packed = packed.is_some();
    let found = match packed {
        Some(found) => Some(found),
        None => web.site.find(&path).await,
    };
    match found {
        None => next.run(request).await,
        Some(found) => answer(&request, &path, found, is_packed),
    }
}

fn answer(request: &Request, path: &str, found: Found, is_packed: bool) -> Response {
    let mut headers = HeaderMap::new();
    let mut set = |name, value: &str| {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    };
    set(CONTENT_TYPE, mime_of(path));
    set(CACHE_CONTROL, cache_of(path));
    set(VARY, "accept-encoding");
    if is_packed {
        set(CONTENT_ENCODING, "br");
    }
    // One tag for each encoding.
    let etag = found.etag.map(|tag| if is_packed { tag.replacen('"', "\"br-", 1) } else { tag });
    if let Some(etag) = &etag {
        set(ETAG, etag);
        if request.headers().get(IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == etag.as_bytes()) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
    }
    if request.method() == Method::HEAD {
        set(CONTENT_LENGTH, &found.bytes.len().to_string());
        return (headers, Body::empty()).into_response();
    }
    let bytes = match found.bytes {
        Cow::Borrowed(bytes) => bytes::Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    (headers, bytes).into_response()
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let list = headers.get(ACCEPT_ENCODING).and_then(|list| list.to_str().ok()).unwrap_or_default();
    list.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        parts.next() == Some("br") && !parts.any(|part| part == "q=0")
    })
}

/// A name with a hash in it never changes its content.
fn cache_of(path: &str) -> &'static str {
    let hashed = path.strip_prefix("pkg/").is_some_and(|name| name.split('.').count() > 2);
    if hashed {
        "public, max-age=31536000, immutable"
    } else if cfg!(debug_assertions) {
        "no-cache"
    } else {
        "public, max-age=3600"
    }
}

fn mime_of(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_read_from_the_names() {
        let names = [
            "pkg/fanfare.abc-1_2.js",
            "pkg/fanfare.def.wasm",
            "pkg/fanfare.ghi.css",
            "pkg/fanfare.def.wasm.br",
            "pkg/posts.jkl.wasm",
            "pkg/__wasm_split.mno.js",
            "pkg/__wasm_split_manifest.pqr.json",
            "favicon.svg",
        ];
        let list = hashes(names.into_iter());
        assert_eq!(list, "js: abc-1_2\nwasm: def\ncss: ghi\nsplit: mno\nmanifest: pqr\n");
        assert_eq!(manifest_name(&list), "pkg/__wasm_split_manifest.pqr.json");
        assert_eq!(hashes(["pkg/fanfare.js"].into_iter()), "");
    }

    #[test]
    fn only_hashed_names_are_kept_for_long() {
        assert!(cache_of("pkg/fanfare.abc.js").contains("immutable"));
        assert!(!cache_of("pkg/fanfare.js").contains("immutable"));
        assert!(!cache_of("fonts/inter.v1.woff2").contains("immutable"));
    }

    #[test]
    fn brotli_only_where_asked_for() {
        let with =
            |value: &str| accepts_brotli(&[(ACCEPT_ENCODING, value.parse().unwrap())].into_iter().collect());
        assert!(with("gzip, deflate, br") && with("br;q=0.5"));
        assert!(!with("gzip") && !with("br;q=0") && !with(""));
    }

    #[tokio::test]
    async fn no_way_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("site")).unwrap();
        std::fs::write(folder.path().join("secret.txt"), "x").unwrap();
        std::fs::write(folder.path().join("site/a.txt"), "x").unwrap();
        let site = Site::Folder(folder.path().join("site"));
        assert!(site.find("a.txt").await.is_some());
        for bad in ["../secret.txt", "a/../../secret.txt", "/etc/passwd", "..\\secret.txt", "", "./a.txt"] {
            assert!(site.find(bad).await.is_none(), "{bad}");
        }
    }
}
