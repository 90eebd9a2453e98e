//! The three teams of the demo: who they are, where they publish, and what they say.

mod accounts;
mod bakery_en;
mod bakery_fr;
mod elsewhere;
mod lumen_en;
mod lumen_fr;
mod tide_en;
mod tide_fr;
mod videos;

pub(crate) use accounts::Profile;
pub use accounts::Standing;
pub(crate) use videos::{Videos, half_life_hours};

use model::Role;

/// A sentence with places for words in braces, and the pictures that suit it.
pub(crate) type Line = (&'static str, &'static str);
/// The words for one place.
pub(crate) type Slot = (&'static str, &'static [&'static str]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    French,
    /// Any other.
    Other,
}

/// A theme that comes back every year.
pub(crate) struct Campaign {
    /// In links.
    pub(crate) name: &'static str,
    /// Month and day.
    pub(crate) from: (u32, u32),
    pub(crate) to: (u32, u32),
    pub(crate) tag: &'static str,
    pub(crate) lines: &'static [Line],
}

/// How a team speaks in one language.
pub(crate) struct Voice {
    pub(crate) language: Language,
    pub(crate) lines: &'static [Line],
    /// Put behind some lines.
    pub(crate) closers: &'static [&'static str],
    pub(crate) slots: &'static [Slot],
    pub(crate) tags: &'static [&'static str],
    pub(crate) campaigns: &'static [Campaign],
}

/// Somebody who works with Fanfare.
pub(crate) struct Somebody {
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    /// Shown on the sign-in page.
    pub(crate) shown: bool,
}

pub(crate) const PEOPLE: &[Somebody] = &[
    Somebody { name: "Camille Roy", email: "demo@example.com", shown: true },
    Somebody { name: "Léa Fontaine", email: "lea@example.com", shown: true },
    Somebody { name: "Yanis Benali", email: "yanis@example.com", shown: false },
    Somebody { name: "Sam Whitaker", email: "sam@example.com", shown: false },
    Somebody { name: "Ana Duarte", email: "ana@example.com", shown: false },
];

/// The addresses of those who are shown on the sign-in page.
pub fn shown_emails() -> impl Iterator<Item = &'static str> {
    PEOPLE.iter().filter(|somebody| somebody.shown).map(|somebody| somebody.email)
}

/// A team's workspace and its habits.
pub(crate) struct Team {
    pub(crate) name: &'static str,
    pub(crate) zone: &'static str,
    /// Where its links lead.
    pub(crate) site: &'static str,
    /// Of [`PEOPLE`], with how much of the posts they write.
    pub(crate) members: &'static [(usize, Role, usize)],
    pub(crate) profiles: &'static [Profile],
    /// Profiles that posts go to together, by weight.
    pub(crate) mixes: &'static [(usize, &'static [usize])],
    /// By weight.
    pub(crate) voices: &'static [(usize, Voice)],
    /// Posts of a day to come, Monday first: fewest and most.
    pub(crate) week: [(i64, i64); 7],
    /// When it likes to publish: hour and minute on its own wall.
    pub(crate) hours: &'static [(u32, u32)],
    /// Posts in all.
    pub(crate) posts: usize,
    pub(crate) drafts: usize,
    pub(crate) videos: &'static [Videos],
}

pub(crate) const TEAMS: &[Team] = &[
    Team {
        name: "Corner Bakery",
        zone: "Europe/Paris",
        site: "https://corner-bakery.example",
        members: &[(0, Role::Owner, 45), (1, Role::Editor, 35), (2, Role::Admin, 20), (4, Role::Viewer, 0)],
        profiles: accounts::BAKERY,
        mixes: &[
            (28, &[0, 1]),
            (12, &[0]),
            (14, &[3, 5]),
            (14, &[0, 1, 3, 5]),
            (8, &[1]),
            (6, &[3]),
            (5, &[5]),
            (6, &[2]),
            (4, &[1, 2]),
            (3, &[4]),
        ],
        voices: &[
            (
                52,
                Voice {
                    language: Language::French,
                    lines: bakery_fr::LINES,
                    closers: bakery_fr::CLOSERS,
                    slots: bakery_fr::SLOTS,
                    tags: bakery_fr::TAGS,
                    campaigns: bakery_fr::CAMPAIGNS,
                },
            ),
            (
                46,
                Voice {
                    language: Language::English,
                    lines: bakery_en::LINES,
                    closers: bakery_en::CLOSERS,
                    slots: bakery_en::SLOTS,
                    tags: bakery_en::TAGS,
                    campaigns: bakery_en::CAMPAIGNS,
                },
            ),
            (2, elsewhere(elsewhere::BAKERY)),
        ],
        week: [(4, 6), (4, 7), (4, 7), (4, 7), (5, 7), (2, 4), (1, 2)],
        hours: &[
            (7, 0),
            (7, 45),
            (8, 30),
            (9, 30),
            (10, 45),
            (11, 30),
            (12, 15),
            (14, 0),
            (15, 30),
            (16, 30),
            (17, 45),
            (18, 30),
            (19, 30),
        ],
        posts: 1_300,
        drafts: 6,
        videos: videos::BAKERY,
    },
    Team {
        name: "Trail & Tide",
        zone: "America/New_York",
        site: "https://trailandtide.example",
        members: &[(0, Role::Owner, 30), (3, Role::Editor, 70)],
        profiles: accounts::TIDE,
        mixes: &[(40, &[0]), (25, &[0, 1]), (20, &[1]), (15, &[0, 1, 2])],
        voices: &[
            (
                74,
                Voice {
                    language: Language::English,
                    lines: tide_en::LINES,
                    closers: tide_en::CLOSERS,
                    slots: tide_en::SLOTS,
                    tags: tide_en::TAGS,
                    campaigns: tide_en::CAMPAIGNS,
                },
            ),
            (
                24,
                Voice {
                    language: Language::French,
                    lines: tide_fr::LINES,
                    closers: tide_fr::CLOSERS,
                    slots: tide_fr::SLOTS,
                    tags: tide_fr::TAGS,
                    campaigns: tide_fr::CAMPAIGNS,
                },
            ),
            (2, elsewhere(elsewhere::TIDE)),
        ],
        week: [(1, 1), (1, 2), (1, 2), (1, 2), (1, 2), (1, 1), (0, 1)],
        hours: &[(7, 30), (9, 0), (12, 0), (15, 0), (17, 30), (19, 0), (20, 30)],
        posts: 400,
        drafts: 2,
        videos: videos::TIDE,
    },
    Team {
        name: "Studio Lumen",
        zone: "Europe/Lisbon",
        site: "https://studio-lumen.example",
        members: &[(0, Role::Owner, 25), (4, Role::Editor, 55), (2, Role::Editor, 20)],
        profiles: accounts::LUMEN,
        mixes: &[(35, &[0]), (25, &[0, 1]), (20, &[1]), (10, &[2]), (10, &[0, 1, 2])],
        voices: &[
            (
                46,
                Voice {
                    language: Language::English,
                    lines: lumen_en::LINES,
                    closers: lumen_en::CLOSERS,
                    slots: lumen_en::SLOTS,
                    tags: lumen_en::TAGS,
                    campaigns: lumen_en::CAMPAIGNS,
                },
            ),
            (
                46,
                Voice {
                    language: Language::French,
                    lines: lumen_fr::LINES,
                    closers: lumen_fr::CLOSERS,
                    slots: lumen_fr::SLOTS,
                    tags: lumen_fr::TAGS,
                    campaigns: lumen_fr::CAMPAIGNS,
                },
            ),
            (8, elsewhere(elsewhere::LUMEN)),
        ],
        week: [(1, 1), (1, 2), (1, 2), (1, 2), (1, 1), (0, 1), (0, 1)],
        hours: &[(9, 0), (10, 30), (12, 30), (14, 30), (16, 0), (18, 0), (19, 30)],
        posts: 300,
        drafts: 2,
        videos: &[],
    },
];

const fn elsewhere(lines: &'static [Line]) -> Voice {
    Voice {
        language: Language::Other,
        lines,
        closers: &[],
        slots: elsewhere::SLOTS,
        tags: &[],
        campaigns: &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn all_lines(language: Language) -> BTreeSet<&'static str> {
        TEAMS
            .iter()
            .flat_map(|team| team.voices)
            .filter(|(_, voice)| voice.language == language)
            .flat_map(|(_, voice)| voice.lines.iter().chain(voice.campaigns.iter().flat_map(|c| c.lines)))
            .map(|(text, _)| *text)
            .collect()
    }

    #[test]
    fn there_is_enough_to_say_in_both_languages() {
        for language in [Language::English, Language::French] {
            assert!(all_lines(language).len() >= 60, "{language:?}: {}", all_lines(language).len());
        }
    }

    #[test]
    fn every_mix_and_member_is_there() {
        for team in TEAMS {
            assert!(team.mixes.iter().flat_map(|(_, mix)| *mix).all(|place| *place < team.profiles.len()));
            assert!(team.members.iter().all(|(person, ..)| *person < PEOPLE.len()));
        }
        assert_eq!(TEAMS.iter().map(|team| team.profiles.len()).sum::<usize>(), 14);
        let filmed = |team: &Team, videos: &Videos| team.profiles[videos.profile].platform.publishes();
        assert!(TEAMS.iter().all(|team| team.videos.iter().all(|videos| !filmed(team, videos))));
    }
}
