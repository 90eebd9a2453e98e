use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    Fr,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The cookie's name.
    pub const COOKIE: &str = "locale";

    /// The value of `lang` and of the cookie.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language's name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// `fr`, `fr-CA`, in any case.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// The best of an `Accept-Language` header; English if none is ours.
    pub fn of_wishes(accept_language: &str) -> Self {
        let mut best = (0.0_f32, Self::default());
        for wish in accept_language.split(',') {
            let mut parts = wish.split(';');
            let Some(locale) = parts.next().and_then(Self::from_tag) else { continue };
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |quality| quality.parse().unwrap_or(0.0));
            if quality > best.0 {
                best = (quality, locale);
            }
        }
        best.1
    }

    /// What the person chose, else the best of what the browser wishes.
    pub fn of_request(chosen: Option<&str>, wishes: Option<&str>) -> Self {
        chosen.and_then(Self::from_tag).or_else(|| wishes.map(Self::of_wishes)).unwrap_or_default()
    }

    /// Whether `count` takes the singular: one in English, zero and one in French (Unicode CLDR plural rules).
    pub const fn is_singular(self, count: u64) -> bool {
        match self {
            Self::En => count == 1,
            Self::Fr => count <= 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_browser_s_best_wish_counts() {
        assert_eq!(Locale::of_wishes("de-DE,de;q=0.9,fr;q=0.8,en;q=0.7"), Locale::Fr);
        assert_eq!(Locale::of_wishes("fr;q=0.3, en-GB;q=0.9"), Locale::En);
        assert_eq!(Locale::of_wishes("fr;q=0"), Locale::En);
        assert_eq!(Locale::of_wishes("zh"), Locale::En);
        assert_eq!(Locale::of_wishes(""), Locale::En);
    }

    #[test]
    fn zero_is_singular_in_french() {
        assert!(Locale::Fr.is_singular(0));
        assert!(!Locale::En.is_singular(0));
    }
}
