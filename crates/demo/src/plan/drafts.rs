//! What somebody began and left: half done, or without accounts.

use crate::teams::Language;
use model::Platform;

/// Something somebody began.
pub(super) struct Begun {
    /// Place of the team.
    pub(super) team: usize,
    pub(super) language: Language,
    pub(super) text: &'static str,
    /// For X.
    pub(super) short: Option<&'static str>,
    pub(super) platforms: &'static [Platform],
    /// Places among the team's pictures.
    pub(super) pictures: &'static [usize],
}

const fn begun(team: usize, language: Language, text: &'static str) -> Begun {
    Begun { team, language, text, short: None, platforms: &[], pictures: &[] }
}

pub(super) const DRAFTS: &[Begun] = &[
    begun(0, Language::English, "Idea: a night at the fournil, in ten pictures. Ask Awa first."),
    Begun {
        platforms: &[Platform::Instagram, Platform::Facebook],
        pictures: &[9],
        ..begun(0, Language::French, "Atelier galette : encore deux places, on fournit la fève et")
    },
    Begun {
        platforms: &[Platform::X],
        ..begun(0, Language::English, "Poll for the weekend: salted butter or")
    },
    begun(0, Language::French, "Texte pour la vitrine de décembre (à relire avec Yanis)"),
    Begun {
        short: Some("Why our baguette costs 1.40. The short answer: time."),
        platforms: &[Platform::Facebook, Platform::X],
        pictures: &[1],
        ..begun(
            0,
            Language::English,
            "Why our baguette costs 1.40: flour from people we know, twenty hours of rest, and someone who gets up at two. (Camille has the numbers.)",
        )
    },
    Begun {
        platforms: &[Platform::Instagram],
        ..begun(0, Language::French, "Le pain figue-noisette revient. Photo demain matin !")
    },
    begun(1, Language::English, "Winter tyres for your kayak? April joke, keep for next year."),
    Begun {
        platforms: &[Platform::Instagram, Platform::X],
        pictures: &[4],
        ..begun(
            1,
            Language::English,
            "Five maps we’d save from a fire:\n1. the one with the coffee stain\n2.",
        )
    },
    begun(2, Language::French, "Lettre aux artisans : ce qu’on a appris cette année. Plan en trois parties."),
    Begun {
        platforms: &[Platform::LinkedIn],
        pictures: &[3],
        ..begun(
            2,
            Language::English,
            "We’re looking for a second pair of hands, two days a week. If you know",
        )
    },
];
