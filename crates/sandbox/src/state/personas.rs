//! The people of the sandbox: the same few on every platform.

use super::{Account, Kind, Platform};
use crate::ids::{stable_base32, stable_digits, stable_letters};

/// 2024-02-01, when all of them joined.
pub(super) const JOINED: i64 = 1_706_745_600_000;

const PEOPLE: [(&str, &str, &str); 3] = [
    ("maya", "Maya Lindqvist", "Roasts coffee in Malmö. Small lots, slow mornings."),
    ("theo", "Théo Okafor", "Trail-running coach. Usually uphill."),
    ("ines", "Inês Carvalho", "Ceramics from a shed in Porto."),
];

const BUSINESSES: [(&str, &str, &str); 3] = [
    ("lindqvist.coffee", "Lindqvist Coffee", "Roastery and café, Malmö."),
    ("okafor.trails", "Okafor Trails", "Guided runs, training plans, bad maps."),
    ("carvalho.ceramics", "Carvalho Ceramics", "Tableware thrown by hand."),
];

const PAGES: [(&str, &str, &str); 7] = [
    ("maya", "Lindqvist Coffee", "lindqvistcoffee"),
    ("maya", "Lindqvist Roastery School", "lindqvistschool"),
    ("maya", "Malmö Coffee Week", "malmocoffeeweek"),
    ("theo", "Okafor Trails", "okafortrails"),
    ("theo", "Hill Club", "hillclub"),
    ("ines", "Carvalho Ceramics", "carvalhoceramics"),
    ("ines", "Porto Kiln Shop", "portokilnshop"),
];

/// The accounts a fresh sandbox has.
pub(super) fn all() -> Vec<Account> {
    let mut out = Vec::new();
    for (handle, name, bio) in PEOPLE {
        for platform in [Platform::X, Platform::Facebook, Platform::Linkedin, Platform::Bluesky] {
            out.push(account(platform, handle, name, bio));
        }
    }
    for (handle, name, bio) in BUSINESSES {
        out.push(account(Platform::Instagram, handle, name, bio));
    }
    for (owner, name, handle) in PAGES {
        let owner = person_id(Platform::Facebook, owner);
        out.push(page(&owner, handle, name));
    }
    out
}

fn person_id(platform: Platform, handle: &str) -> String {
    let name = format!("{}/{handle}", platform.key());
    match platform {
        Platform::X => format!("1{}", stable_digits(&name, 18)),
        Platform::Facebook => format!("10{}", stable_digits(&name, 15)),
        Platform::Instagram => format!("17841{}", stable_digits(&name, 12)),
        Platform::Linkedin => stable_letters(&name, 10),
        Platform::Bluesky => format!("did:plc:{}", stable_base32(&name, 24)),
    }
}

/// The account a persona's name stands for; the same name always gives the same identifier.
pub(crate) fn account(platform: Platform, handle: &str, name: &str, bio: &str) -> Account {
    let full = if platform == Platform::Bluesky && !handle.contains('.') {
        format!("{handle}.sandbox.test")
    } else {
        handle.to_owned()
    };
    let secret = stable_base32(&format!("app password of {full}"), 16);
    let groups = [&secret[..4], &secret[4..8], &secret[8..12], &secret[12..]];
    let number = stable_digits(&full, 4).parse::<u32>().unwrap_or(1_000);
    Account {
        platform,
        id: person_id(platform, handle),
        handle: full,
        name: name.to_owned(),
        bio: bio.to_owned(),
        kind: if platform == Platform::Instagram { Kind::Business } else { Kind::Person },
        owner: None,
        password: (platform == Platform::Bluesky).then(|| groups.join("-")),
        followers: number,
        followers_since: JOINED,
        following: number / 7,
        created_at: JOINED,
    }
}

/// A Page of `owner`.
pub(crate) fn page(owner: &str, handle: &str, name: &str) -> Account {
    let mut page = account(Platform::Facebook, handle, name, "");
    page.id = format!("61{}", stable_digits(&format!("page/{handle}"), 13));
    page.kind = Kind::Page;
    page.owner = Some(owner.to_owned());
    page
}
