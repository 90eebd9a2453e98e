use super::number::{compact, count, decimal};
use crate::words::Locale;
use model::statistics::Metric;

/// What a number is of, and so how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Count,
    /// A fraction, shown in percent.
    Rate,
    /// 100 where it began.
    Index,
    Seconds,
}

impl Unit {
    pub const fn of(metric: Metric) -> Self {
        match metric {
            Metric::EngagementRate => Self::Rate,
            Metric::WatchTime => Self::Seconds,
            _ => Self::Count,
        }
    }

    /// `12,345`, `4.62%`, `103.7`, `3 h 25 min`.
    pub fn exact(self, locale: Locale, value: f64) -> String {
        match self {
            Self::Count => signed_by(value, |size| count(locale, whole(size))),
            Self::Rate => percent(locale, value, 2),
            Self::Index => decimal(locale, value, 1),
            Self::Seconds => signed_by(value, |size| duration(whole(size))),
        }
    }

    /// `12.3K`, `4.6%`, `103.7`, `3 h 25 min`.
    pub fn short(self, locale: Locale, value: f64) -> String {
        match self {
            Self::Count => signed_by(value, |size| compact(locale, whole(size))),
            Self::Rate => percent(locale, value, 1),
            Self::Index | Self::Seconds => self.exact(locale, value),
        }
    }
}

/// `+3.7%`; French sets a no-break space before the sign.
pub fn change(locale: Locale, fraction: f64) -> String {
    with_plus(fraction, percent(locale, fraction, 1))
}

/// Of two rates, in points of percent, without the unit: `+0.4`.
pub fn points(locale: Locale, difference: f64) -> String {
    with_plus(difference, decimal(locale, difference * 100.0, 1))
}

/// `+2,118`.
pub fn gained(locale: Locale, difference: f64) -> String {
    with_plus(difference, Unit::Count.short(locale, difference))
}

/// Whether anything is left of it at `digits` behind the point.
fn with_plus(value: f64, text: String) -> String {
    let shows = text.chars().any(|c| c.is_ascii_digit() && c != '0');
    if value > 0.0 && shows { format!("+{text}") } else { text }
}

fn percent(locale: Locale, fraction: f64, digits: usize) -> String {
    let number = decimal(locale, fraction * 100.0, digits);
    match locale {
        Locale::En => format!("{number}%"),
        Locale::Fr => format!("{number}\u{a0}%"),
    }
}

fn signed_by(value: f64, written: impl Fn(f64) -> String) -> String {
    let text = written(value.abs());
    if value < 0.0 { format!("−{text}") } else { text }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; a count is neither")]
fn whole(size: f64) -> u64 {
    size.round() as u64
}

/// The same in both languages.
fn duration(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds}\u{a0}s"),
        (0, minutes) => format!("{minutes}\u{a0}min"),
        (hours, 0) => format!("{hours}\u{a0}h"),
        (hours, minutes) => format!("{hours}\u{a0}h {minutes}\u{a0}min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_by_what_they_are_of() {
        let (en, fr) = (Locale::En, Locale::Fr);
        assert_eq!(Unit::Count.exact(en, 48_214.0), "48,214");
        assert_eq!(Unit::Count.short(fr, 48_214.0), "48,2\u{202f}k");
        assert_eq!(Unit::Count.exact(en, -3.0), "−3");
        assert_eq!(Unit::Rate.exact(en, 0.0462), "4.62%");
        assert_eq!(Unit::Rate.short(fr, 0.0462), "4,6\u{a0}%");
        assert_eq!(Unit::Index.short(en, 103.72), "103.7");
        assert_eq!(Unit::Seconds.short(en, 12_300.0), "3\u{a0}h 25\u{a0}min");
        assert_eq!(Unit::Seconds.short(en, 59.0), "59\u{a0}s");
    }

    #[test]
    fn changes_carry_their_sign() {
        assert_eq!(change(Locale::En, 0.037), "+3.7%");
        assert_eq!(change(Locale::Fr, -0.041), "−4,1\u{a0}%");
        assert_eq!(change(Locale::En, 0.0), "0.0%");
        assert_eq!(change(Locale::En, 0.0001), "0.0%", "nothing that shows");
        assert_eq!(points(Locale::En, 0.004), "+0.4");
        assert_eq!(gained(Locale::En, 2_118.0), "+2,118");
        assert_eq!(gained(Locale::En, 0.0), "0");
    }
}
