use crate::words::Locale;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

const DAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAYS_FR: [&str; 7] = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
const FULL_DAYS_EN: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const FULL_DAYS_FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_FR: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const FULL_MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FULL_MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

fn pick(
    locale: Locale,
    en: &'static [&'static str],
    fr: &'static [&'static str],
    index: u32,
) -> &'static str {
    let names = match locale {
        Locale::En => en,
        Locale::Fr => fr,
    };
    // chrono's months and days are within the tables; an index outside would show nothing rather than fail.
    usize::try_from(index).ok().and_then(|i| names.get(i)).copied().unwrap_or_default()
}

/// French writes the first of a month as `1er`.
fn day_of_month(locale: Locale, day: u32) -> String {
    if locale == Locale::Fr && day == 1 { "1er".to_owned() } else { day.to_string() }
}

/// `09:30`, on 24 hours in both languages.
pub fn time(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `Thu 19 Nov`, with the year when it isn't `this_year`.
pub fn date(locale: Locale, date: NaiveDate, this_year: i32) -> String {
    let weekday = pick(locale, &DAYS_EN, &DAYS_FR, date.weekday().num_days_from_monday());
    let month = pick(locale, &MONTHS_EN, &MONTHS_FR, date.month0());
    let day = day_of_month(locale, date.day());
    if date.year() == this_year {
        format!("{weekday} {day} {month}")
    } else {
        format!("{weekday} {day} {month} {}", date.year())
    }
}

/// `Thu 19 Nov, 12:30`, with the year when it isn't `this_year`.
pub fn day_and_time(locale: Locale, at: NaiveDateTime, this_year: i32) -> String {
    format!("{}, {}", date(locale, at.date(), this_year), time(at.time()))
}

/// `Thursday 19 November 2026`.
pub fn full_date(locale: Locale, date: NaiveDate) -> String {
    let weekday = pick(locale, &FULL_DAYS_EN, &FULL_DAYS_FR, date.weekday().num_days_from_monday());
    let month = pick(locale, &FULL_MONTHS_EN, &FULL_MONTHS_FR, date.month0());
    format!("{weekday} {} {month} {}", day_of_month(locale, date.day()), date.year())
}

/// `November 2026`; in French without a capital.
pub fn month(locale: Locale, date: NaiveDate) -> String {
    format!("{} {}", pick(locale, &FULL_MONTHS_EN, &FULL_MONTHS_FR, date.month0()), date.year())
}

/// `Mon`.
pub fn weekday(locale: Locale, date: NaiveDate) -> &'static str {
    pick(locale, &DAYS_EN, &DAYS_FR, date.weekday().num_days_from_monday())
}

/// `Thursday 19 November`.
pub fn long_day(locale: Locale, date: NaiveDate) -> String {
    let weekday = pick(locale, &FULL_DAYS_EN, &FULL_DAYS_FR, date.weekday().num_days_from_monday());
    format!("{weekday} {}", day_and_month(locale, date, &FULL_MONTHS_EN, &FULL_MONTHS_FR))
}

/// `19 Nov`.
pub fn short_day(locale: Locale, date: NaiveDate) -> String {
    day_and_month(locale, date, &MONTHS_EN, &MONTHS_FR)
}

/// `19 Nov`, with the year when it isn't `this_year`.
pub fn short_day_of(locale: Locale, date: NaiveDate, this_year: i32) -> String {
    let day = short_day(locale, date);
    if date.year() == this_year { day } else { format!("{day} {}", date.year()) }
}

/// `21 Oct – 17 Nov 2026`.
pub fn days(locale: Locale, from: NaiveDate, to: NaiveDate) -> String {
    format!("{} – {} {}", short_day_of(locale, from, to.year()), short_day(locale, to), to.year())
}

fn day_and_month(
    locale: Locale,
    date: NaiveDate,
    en: &'static [&'static str],
    fr: &'static [&'static str],
) -> String {
    format!("{} {}", day_of_month(locale, date.day()), pick(locale, en, fr, date.month0()))
}

/// The value of `<input type="datetime-local">` and of `datetime` attributes: `2026-11-19T12:30`.
pub fn machine(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a date and time")
    }

    #[test]
    fn dates_read_as_people_write_them() {
        let thursday = at("2026-11-19T09:05:00");
        assert_eq!(day_and_time(Locale::En, thursday, 2026), "Thu 19 Nov, 09:05");
        assert_eq!(day_and_time(Locale::Fr, thursday, 2026), "jeu. 19 nov., 09:05");
        assert_eq!(date(Locale::En, thursday.date(), 2027), "Thu 19 Nov 2026");
        assert_eq!(full_date(Locale::Fr, at("2026-05-01T00:00:00").date()), "vendredi 1er mai 2026");
        assert_eq!(month(Locale::Fr, thursday.date()), "novembre 2026");
        assert_eq!(
            (weekday(Locale::En, thursday.date()), weekday(Locale::Fr, thursday.date())),
            ("Thu", "jeu.")
        );
        assert_eq!(long_day(Locale::En, thursday.date()), "Thursday 19 November");
        assert_eq!(short_day(Locale::Fr, at("2026-05-01T00:00:00").date()), "1er mai");
        let new_year = at("2025-12-24T00:00:00").date();
        assert_eq!(days(Locale::En, new_year, thursday.date()), "24 Dec 2025 – 19 Nov 2026");
        assert_eq!(days(Locale::Fr, thursday.date(), thursday.date()), "19 nov. – 19 nov. 2026");
        assert_eq!(machine(thursday), "2026-11-19T09:05");
    }
}
