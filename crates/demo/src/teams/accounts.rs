//! The teams' profiles at the platforms.

use model::Platform;

/// How an account's connection is in the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Well,
    /// Nothing has gone out by it for so many days.
    Paused {
        days: i64,
    },
    /// The consent ended so many days ago.
    NeedsReconnect {
        days: i64,
    },
}

/// A profile, as the platform shows it.
pub(crate) struct Profile {
    pub(crate) platform: Platform,
    /// Who consents: the same login on Facebook holds several Pages. Elsewhere the handle.
    pub(crate) login: &'static str,
    pub(crate) handle: &'static str,
    pub(crate) name: &'static str,
    pub(crate) bio: &'static str,
    pub(crate) followers: u32,
    /// What the team calls it; empty: nothing.
    pub(crate) label: &'static str,
    pub(crate) standing: Standing,
}

const fn profile(
    platform: Platform,
    handle: &'static str,
    name: &'static str,
    bio: &'static str,
    followers: u32,
) -> Profile {
    Profile { platform, login: handle, handle, name, bio, followers, label: "", standing: Standing::Well }
}

const BAKERY_BIO: &str = "Boulangerie de quartier, rue de Charonne. Levain, beurre, patience.";
const TIDE_BIO: &str = "Gear for trails and tides, tested until it breaks. New York and online.";
const LUMEN_BIO: &str = "We help makers show their work. Lisbon.";

pub(super) const BAKERY: &[Profile] = &[
    profile(Platform::Instagram, "corner.bakery", "Corner Bakery", BAKERY_BIO, 18_420),
    Profile {
        login: "camille.roy",
        ..profile(Platform::Facebook, "cornerbakeryparis", "Corner Bakery", BAKERY_BIO, 9_310)
    },
    Profile {
        login: "camille.roy",
        label: "Workshops",
        ..profile(
            Platform::Facebook,
            "cornerbakeryateliers",
            "Corner Bakery Ateliers",
            "Ateliers du samedi : levain, croissants, tartes.",
            1_870,
        )
    },
    profile(Platform::X, "cornerbakery", "Corner Bakery", BAKERY_BIO, 4_260),
    Profile {
        standing: Standing::NeedsReconnect { days: 3 },
        ..profile(Platform::LinkedIn, "camille-roy", "Camille Roy", "Runs a bakery in Paris.", 1_145)
    },
    profile(Platform::Bluesky, "cornerbakery", "Corner Bakery", BAKERY_BIO, 2_030),
    profile(Platform::TikTok, "cornerbakery", "Corner Bakery", BAKERY_BIO, 6_880),
];

pub(super) const TIDE: &[Profile] = &[
    profile(Platform::Instagram, "trailandtide", "Trail & Tide", TIDE_BIO, 42_700),
    profile(Platform::X, "trailandtide", "Trail & Tide", TIDE_BIO, 11_950),
    Profile {
        standing: Standing::Paused { days: 18 },
        ..profile(Platform::Bluesky, "trailandtide", "Trail & Tide", TIDE_BIO, 3_480)
    },
    profile(Platform::YouTube, "trailandtide", "Trail & Tide", TIDE_BIO, 15_300),
];

pub(super) const LUMEN: &[Profile] = &[
    profile(Platform::Instagram, "studio.lumen", "Studio Lumen", LUMEN_BIO, 7_640),
    profile(
        Platform::LinkedIn,
        "ana-duarte",
        "Ana Duarte",
        "Studio Lumen, Lisbon. Light, paper, makers.",
        2_210,
    ),
    profile(Platform::Bluesky, "studiolumen", "Studio Lumen", LUMEN_BIO, 1_520),
];
