/// `next` if it is a path on this server, else `/`: an address in a link must not lead a signed-in person elsewhere.
/// In ASCII, as headers need it.
///
/// Browsers read `//host` and `/\host` as another host, and skip tabs and line ends while doing so.
pub fn local_path(next: &str) -> String {
    let mut chars = next.chars();
    let starts_here = chars.next() == Some('/') && !matches!(chars.next(), Some('/' | '\\'));
    let clean = next.chars().all(|c| !c.is_control() && c != '\\' && !c.is_whitespace());
    // `/..//host` is a path of ours, but what resolves it step by step may come to `//host`.
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let straight = !path.contains("//") && !path.split('/').any(is_dots);
    if starts_here && clean && straight { escape(next, |byte| byte.is_ascii()) } else { "/".to_owned() }
}

/// `.` and `..`, also escaped.
fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// Percent-encodes the bytes that are not `plain`.
fn escape(text: &str, plain: impl Fn(u8) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if plain(byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// `page?next=…`, so that the person comes back to `next`. Only unreserved characters and `/` stand unescaped.
pub fn with_next(page: &str, next: &str) -> String {
    let next = local_path(next);
    if next == "/" {
        return page.to_owned();
    }
    let escaped = escape(&next, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~')
    });
    format!("{page}?next={escaped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_pass() {
        assert_eq!(local_path("/posts?state=failed"), "/posts?state=failed");
        assert_eq!(local_path("/posts?search=é%26"), "/posts?search=%C3%A9%26");
        assert_eq!(local_path("/posts?search=//a..b"), "/posts?search=//a..b");
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/..//evil.example",
            "/.//evil.example",
            "/%2E%2e//evil.example",
            "/posts//evil.example",
            "/posts/../..",
            "posts",
            "",
        ] {
            assert_eq!(local_path(bad), "/", "{bad:?}");
        }
    }

    #[test]
    fn the_way_back_is_escaped() {
        assert_eq!(with_next("/signin", "/"), "/signin");
        assert_eq!(
            with_next("/signin", "/posts?state=failed&x=é"),
            "/signin?next=/posts%3Fstate%3Dfailed%26x%3D%25C3%25A9"
        );
    }
}
