//! Live changes: what of a workspace changed, told to the pages that show it.
//!
//! A change tells its kind and nothing else: whoever shows such things asks for them again, with their own rights.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A kind of thing that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Posts and what becomes of them.
    Posts,
    /// Connected accounts and their health.
    Accounts,
    /// Members, invitations and the workspace's settings.
    Team,
    /// What a sync brought from the platforms.
    Numbers,
    /// Sessions and memberships: who may look at all. Pages are not told.
    Access,
}

impl Topic {
    /// In the order in which one transaction tells several, so that two never wait for each other.
    pub const ALL: [Self; 5] = [Self::Posts, Self::Accounts, Self::Team, Self::Numbers, Self::Access];

    /// The name in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Accounts => "accounts",
            Self::Team => "team",
            Self::Numbers => "numbers",
            Self::Access => "access",
        }
    }
}

impl FromStr for Topic {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|topic| topic.key() == s).ok_or_else(|| format!("unknown topic {s:?}"))
    }
}

/// How often each kind of thing in a workspace has changed so far. It says all there is to know: whoever missed some tallies
/// needs no more than the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub posts: i64,
    pub accounts: i64,
    pub team: i64,
    pub numbers: i64,
    #[serde(skip)]
    pub access: i64,
}

impl Tally {
    pub const fn of(&self, topic: Topic) -> i64 {
        match topic {
            Topic::Posts => self.posts,
            Topic::Accounts => self.accounts,
            Topic::Team => self.team,
            Topic::Numbers => self.numbers,
            Topic::Access => self.access,
        }
    }

    pub const fn set(&mut self, topic: Topic, number: i64) {
        let place = match topic {
            Topic::Posts => &mut self.posts,
            Topic::Accounts => &mut self.accounts,
            Topic::Team => &mut self.team,
            Topic::Numbers => &mut self.numbers,
            Topic::Access => &mut self.access,
        };
        *place = number;
    }

    /// The part that pages are told.
    #[must_use]
    pub const fn for_pages(self) -> Self {
        Self { access: 0, ..self }
    }

    /// Whether one of these changed from `before` to now.
    pub fn differs(&self, before: &Self, topics: &[Topic]) -> bool {
        topics.iter().any(|topic| self.of(*topic) != before.of(*topic))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_its_place() {
        for (number, topic) in (1..).zip(Topic::ALL) {
            let mut tally = Tally::default();
            tally.set(topic, number);
            assert_eq!(tally.of(topic), number);
            assert_eq!(topic.key().parse(), Ok(topic));
            for other in Topic::ALL {
                assert_eq!(tally.differs(&Tally::default(), &[other]), other == topic, "{topic:?} {other:?}");
            }
        }
    }

    #[test]
    fn pages_of_another_version_read_what_they_know() {
        let tally = Tally { posts: 3, access: 9, ..Tally::default() };
        let told = serde_json::to_string(&tally).unwrap();
        assert!(!told.contains('9'), "{told}");
        assert_eq!(serde_json::from_str::<Tally>(&told).unwrap(), tally.for_pages());
        let newer = r#"{"posts":3,"reports":1}"#;
        assert_eq!(serde_json::from_str::<Tally>(newer).unwrap(), tally.for_pages());
    }
}
