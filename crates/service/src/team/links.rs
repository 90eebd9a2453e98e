//! Addresses of ours that people hand to each other.

use url::Url;

/// `<base>/<page>/<token>`, whether or not the base has a path or a final slash.
pub(crate) fn link(base_url: &Url, page: &str, token: &str) -> String {
    format!("{}/{page}/{token}", base_url.as_str().trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn a_base_with_a_path_is_kept() {
        for (base, wanted) in [
            ("https://fanfare.example", "https://fanfare.example/invite/t"),
            ("https://example.org/fanfare/", "https://example.org/fanfare/invite/t"),
        ] {
            assert_eq!(link(&base.parse().unwrap(), "invite", "t"), wanted);
        }
    }
}
