//! Which names end a domain, so that `example.com` is a link and `end.Then` is not.

use std::sync::LazyLock;

/// Top-level domains, sorted by bytes: the list that X's counter uses (`validGTLD` and `validCCTLD` of
/// twitter-text 3.1.0, from IANA's root zone), so that one list serves counting and finding links.
static TLDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| include_str!("tlds.txt").lines().collect());

/// Whether `label` is a top-level domain, in any case.
pub(super) fn is_tld(label: &str) -> bool {
    let lower = label.to_lowercase();
    TLDS.binary_search(&lower.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_it_can_be_searched() {
        assert!(TLDS.is_sorted());
        assert!(TLDS.len() > 1_000);
    }

    #[test]
    fn knows_names_in_any_case_and_script() {
        for yes in ["com", "COM", "social", "app", "рф", "中国", "museum"] {
            assert!(is_tld(yes), "{yes}");
        }
        for no in ["", "Then", "comm", "1", "test", "local"] {
            assert!(!is_tld(no), "{no}");
        }
    }
}
