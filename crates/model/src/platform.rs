//! The platforms that accounts can be connected of.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    Instagram,
    Facebook,
    X,
    LinkedIn,
    Bluesky,
    TikTok,
    YouTube,
}

impl Platform {
    /// In the order in which screens list them.
    pub const ALL: [Self; 7] = [
        Self::Instagram,
        Self::Facebook,
        Self::X,
        Self::LinkedIn,
        Self::Bluesky,
        Self::TikTok,
        Self::YouTube,
    ];
    /// Those that posts can go to, in the same order. The others are connected for their numbers.
    pub const PUBLISHING: [Self; 5] =
        [Self::Instagram, Self::Facebook, Self::X, Self::LinkedIn, Self::Bluesky];

    /// Whether posts can go there.
    pub const fn publishes(self) -> bool {
        !matches!(self, Self::TikTok | Self::YouTube)
    }

    /// The name in URLs, configuration and the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Instagram => "instagram",
            Self::Facebook => "facebook",
            Self::X => "x",
            Self::LinkedIn => "linkedin",
            Self::Bluesky => "bluesky",
            Self::TikTok => "tiktok",
            Self::YouTube => "youtube",
        }
    }

    /// The name a person knows; the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Instagram => "Instagram",
            Self::Facebook => "Facebook",
            Self::X => "X",
            Self::LinkedIn => "LinkedIn",
            Self::Bluesky => "Bluesky",
            Self::TikTok => "TikTok",
            Self::YouTube => "YouTube",
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// The text names no platform of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown platform {0:?}")]
pub struct UnknownPlatform(pub String);

impl FromStr for Platform {
    type Err = UnknownPlatform;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|p| p.key() == s).ok_or_else(|| UnknownPlatform(s.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Platform;

    #[test]
    fn those_that_publish_are_listed_in_the_order_of_all() {
        let publishing: Vec<_> = Platform::ALL.into_iter().filter(|platform| platform.publishes()).collect();
        assert_eq!(publishing, Platform::PUBLISHING);
    }
}
