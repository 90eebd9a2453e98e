use crate::words::Locale;

/// Between groups of three digits: a comma; in French a narrow no-break space.
const fn group_mark(locale: Locale) -> char {
    match locale {
        Locale::En => ',',
        Locale::Fr => '\u{202f}',
    }
}

const fn decimal_mark(locale: Locale) -> char {
    match locale {
        Locale::En => '.',
        Locale::Fr => ',',
    }
}

/// Every digit: `12,345`.
pub fn count(locale: Locale, number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(group_mark(locale));
        }
        grouped.push(digit);
    }
    grouped
}

/// With a true minus sign: `−18`.
pub fn signed(locale: Locale, number: i64) -> String {
    let size = count(locale, number.unsigned_abs());
    if number < 0 { format!("−{size}") } else { size }
}

/// Rounded to `digits` behind the decimal mark: `−4.1`.
pub fn decimal(locale: Locale, number: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", number.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    // Too large for a count: left as it is.
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| count(locale, whole));
    let sign = if number < 0.0 && text.chars().any(|c| c.is_ascii_digit() && c != '0') { "−" } else { "" };
    if rest.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{}{rest}", decimal_mark(locale))
    }
}

/// At most three digits and a letter: `12.3K`, `1.2M`; French sets a space before `k` and `M`. Exact below 10,000.
/// Cut, not rounded, so that nothing is shown as reached before it is.
pub fn compact(locale: Locale, number: u64) -> String {
    const STEPS: [(u64, &str, &str); 3] =
        [(1_000_000_000, "B", "\u{202f}Md"), (1_000_000, "M", "\u{202f}M"), (1_000, "K", "\u{202f}k")];
    let step = STEPS.into_iter().find(|(size, ..)| number >= *size);
    let Some((size, en, fr)) = step.filter(|_| number >= 10_000) else { return count(locale, number) };
    let letter = match locale {
        Locale::En => en,
        Locale::Fr => fr,
    };
    let whole = number / size;
    let tenth = (number % size) / (size / 10);
    if whole >= 100 || tenth == 0 {
        format!("{whole}{letter}")
    } else {
        format!("{whole}{}{tenth}{letter}", decimal_mark(locale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        assert_eq!(count(Locale::En, 0), "0");
        assert_eq!(count(Locale::En, 999), "999");
        assert_eq!(count(Locale::En, 1_000), "1,000");
        assert_eq!(count(Locale::En, u64::MAX), "18,446,744,073,709,551,615");
        assert_eq!(count(Locale::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
    }

    #[test]
    fn decimals_have_the_language_s_mark() {
        assert_eq!(decimal(Locale::En, -1_234.56, 1), "−1,234.6");
        assert_eq!(decimal(Locale::Fr, 0.25, 2), "0,25");
        assert_eq!(decimal(Locale::En, -0.04, 1), "0.0");
        assert_eq!(decimal(Locale::En, 7.0, 0), "7");
    }

    #[test]
    fn a_minus_is_a_minus() {
        assert_eq!(signed(Locale::En, -1_018), "−1,018");
        assert_eq!(signed(Locale::En, i64::MIN), "−9,223,372,036,854,775,808");
    }

    #[test]
    fn short_forms_never_promise_more() {
        assert_eq!(compact(Locale::En, 9_999), "9,999");
        assert_eq!(compact(Locale::En, 12_399), "12.3K");
        assert_eq!(compact(Locale::En, 999_999), "999K");
        assert_eq!(compact(Locale::En, 1_000_000), "1M");
        assert_eq!(compact(Locale::Fr, 1_250_000), "1,2\u{202f}M");
        assert_eq!(compact(Locale::Fr, 48_200), "48,2\u{202f}k");
    }
}
