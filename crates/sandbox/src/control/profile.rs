//! Accounts that have a face: what a test or a demo says about them, instead of what is made up.

use crate::clock::Millis;
use crate::state::{Account, Entry, Platform, personas};
use crate::world::Ledger;
use serde::Deserialize;

/// How an account shows itself. What is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    name: Option<String>,
    bio: Option<String>,
    followers: Option<u32>,
}

/// A Facebook Page of a person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    handle: String,
    name: String,
    #[serde(default)]
    bio: String,
    followers: Option<u32>,
}

/// The account of this handle as the profile says, made if there is none. A person who is new on Facebook has these
/// Pages and no others.
pub(super) fn put(
    ledger: &mut Ledger,
    platform: Platform,
    handle: &str,
    profile: &Profile,
    pages: &[Page],
    now: Millis,
) -> Account {
    let known = ledger.find_account(platform, handle).cloned();
    let known = known.unwrap_or_else(|| personas::account(platform, handle, handle, ""));
    let account = Account {
        name: profile.name.clone().unwrap_or(known.name),
        bio: profile.bio.clone().unwrap_or(known.bio),
        followers: profile.followers.unwrap_or(known.followers),
        followers_since: if profile.followers.is_some() { now } else { known.followers_since },
        ..known
    };
    ledger.record(Entry::Account(account.clone()));
    for page in pages {
        let made = personas::page(&account.id, &page.handle, &page.name);
        let followers = page.followers.unwrap_or(made.followers);
        ledger.record(Entry::Account(Account {
            bio: page.bio.clone(),
            followers,
            followers_since: now,
            ..made
        }));
    }
    account
}

/// Lets an account, and on Facebook its Pages, begin without posts.
pub(super) fn begin_anew(ledger: &mut Ledger, account: &Account) {
    let pages = ledger.accounts_of(account.platform).filter(|a| a.owner.as_deref() == Some(&account.id));
    let ids: Vec<String> = pages.map(|page| page.id.clone()).chain([account.id.clone()]).collect();
    for id in ids {
        if ledger.posts_of(account.platform, &id).next().is_some() {
            ledger.record(Entry::PostsForgotten(account.platform, id));
        }
    }
}
