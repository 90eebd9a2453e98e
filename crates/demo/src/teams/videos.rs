//! What the teams film, where Fanfare only reads along.

use model::Platform;

/// A team's habit of filming for one of its profiles.
pub(crate) struct Videos {
    /// Place among the team's profiles.
    pub(crate) profile: usize,
    /// Monday is 0.
    pub(crate) weekdays: &'static [u32],
    /// On the team's own wall.
    pub(crate) hour: u32,
    /// With a place for what is filmed.
    titles: &'static [&'static str],
    filmed: &'static [&'static str],
}

impl Videos {
    /// Each title comes once before the first one comes again.
    pub(crate) fn title(&self, number: usize) -> String {
        let pairs = self.titles.len() * self.filmed.len();
        // A stride without a common factor visits all of them.
        let pair = number * STRIDE % pairs;
        let title =
            self.titles[pair % self.titles.len()].replace("{}", self.filmed[pair / self.titles.len()]);
        let mut letters = title.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }
}

const STRIDE: usize = 41;

pub(super) const BAKERY: &[Videos] = &[Videos {
    profile: 6,
    weekdays: &[1, 3, 5],
    hour: 18,
    titles: &[
        "{} in thirty seconds",
        "4 h du matin : {}",
        "This is what {} sounds like",
        "On recommence : {}",
        "{}, from flour to counter",
        "Le geste du jour : {}",
        "Nobody believes us: {}",
        "{}, et c’est tout",
    ],
    filmed: &[
        "forty croissants",
        "une baguette",
        "the first rye of the day",
        "la brioche du dimanche",
        "a lemon tart",
        "le feuilletage",
        "the sourdough at feeding time",
        "les chouquettes",
        "twelve éclairs",
        "la galette",
        "a burnt tray",
        "le pétrin",
    ],
}];

pub(super) const TIDE: &[Videos] = &[Videos {
    profile: 3,
    weekdays: &[6],
    hour: 11,
    titles: &[
        "{}: what we learned",
        "testing {} until something breaks",
        "{}, one year later",
        "a long day with {}",
        "{} for beginners",
        "what nobody says about {}",
    ],
    filmed: &[
        "the Hudson Highlands",
        "a winter kayak",
        "three ultralight tents",
        "trail shoes",
        "nights on Fire Island",
        "the Long Path",
        "dry bags",
        "sea fog",
        "the Catskills in the rain",
        "one small backpack",
    ],
}];

/// Until half of a video's numbers are there.
pub(crate) const fn half_life_hours(platform: Platform) -> f64 {
    match platform {
        Platform::YouTube => 96.0,
        _ => 20.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_title_comes_again_only_after_all_others() {
        for habit in BAKERY.iter().chain(TIDE) {
            let pairs = habit.titles.len() * habit.filmed.len();
            let titles: BTreeSet<String> = (0..pairs).map(|number| habit.title(number)).collect();
            assert_eq!(titles.len(), pairs);
        }
    }
}
