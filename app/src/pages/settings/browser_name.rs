//! A `User-Agent` in short words, to recognise one's own browsers by.

/// Browser marks, the more special first: most others carry the marks of Chrome and Safari too.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// System marks; Android names Linux too, and iPhones name Mac OS X.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

fn first_in(marks: &[(&str, &'static str)], user_agent: &str) -> Option<&'static str> {
    marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
}

/// The browser's name, if it is a known one.
pub(super) fn browser(user_agent: &str) -> Option<&'static str> {
    first_in(&BROWSERS, user_agent)
}

/// The system's name, if it is a known one.
pub(super) fn system(user_agent: &str) -> Option<&'static str> {
    first_in(&SYSTEMS, user_agent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(user_agent: &str) -> (Option<&'static str>, Option<&'static str>) {
        (browser(user_agent), system(user_agent))
    }

    #[test]
    fn browsers_are_told_apart() {
        assert_eq!(
            both("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"),
            (Some("Firefox"), Some("Linux"))
        );
        assert_eq!(
            both(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
            ),
            (Some("Edge"), Some("Windows"))
        );
        assert_eq!(
            both(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
            ),
            (Some("Safari"), Some("iPhone"))
        );
        assert_eq!(
            both(
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
            ),
            (Some("Chrome"), Some("Android"))
        );
        assert_eq!(both("curl/8.5.0"), (None, None));
    }
}
