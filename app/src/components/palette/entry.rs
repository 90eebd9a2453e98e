//! The rows of the palette.

use super::finding::Looked;
use crate::components::frame::Place;
use crate::components::theme_words;
use crate::state::Theme;
use crate::words::{Locale, Words};
use leptos_router::params::ParamsMap;
use model::text::find_loosely;
use model::{AccountId, Permission, Platform, Role, TargetState};
use ui::{IconShape, lucide};

/// What the field asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Step {
    #[default]
    All,
    /// An account whose numbers are to be read.
    Sync,
}

/// What a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Go(String),
    Compose,
    Keys,
    Theme(Theme),
    Language(Locale),
    /// Goes on in the palette.
    Ask(Step),
    Sync(AccountId),
}

/// The drawing before a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Icon(IconShape),
    Platform(Platform),
    State(TargetState),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) sign: Sign,
    pub(super) label: String,
    /// At the end of the row, paler; may be empty.
    pub(super) detail: String,
    pub(super) act: Act,
}

impl Entry {
    fn new(shape: IconShape, label: impl Into<String>, act: Act) -> Self {
        Self { sign: Sign::Icon(shape), label: label.into(), detail: String::new(), act }
    }

    fn holds(&self, text: &str) -> bool {
        text.split_whitespace().all(|word| find_loosely(&self.label, word).is_some())
    }
}

/// Rows under a heading; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) entries: Vec<Entry>,
}

/// What is offered, in the order of the list.
pub(super) fn groups(words: Words, role: Option<Role>, looked: &Looked) -> Vec<Group> {
    let w = words.palette();
    let group = |title, entries: Vec<Entry>| Group { title, entries };
    let mut groups = match looked.step {
        Step::All => {
            let fitting = |entries: Vec<Entry>| -> Vec<Entry> {
                entries.into_iter().filter(|entry| entry.holds(&looked.text)).collect()
            };
            let accounts = if looked.text.is_empty() { Vec::new() } else { accounts(looked, numbers_of) };
            vec![
                group(w.places(), fitting(places(words))),
                group(w.acts(), fitting(acts(words, role))),
                group(w.accounts(), accounts),
                group(w.posts(), posts(words, looked)),
            ]
        }
        Step::Sync => vec![group(w.accounts(), accounts(looked, Act::Sync))],
    };
    groups.retain(|group| !group.entries.is_empty());
    groups
}

fn places(words: Words) -> Vec<Entry> {
    let place = |place: Place| Entry {
        detail: words.frame().key_then(crate::components::frame::GO, place.key()),
        ..Entry::new(place.icon(), place.name(words), Act::Go(place.path().to_owned()))
    };
    let compare =
        Entry::new(lucide::CHART_LINE, words.analytics().compare(), Act::Go("/analytics/compare".to_owned()));
    Place::ALL.into_iter().map(place).chain([compare]).collect()
}

fn acts(words: Words, role: Option<Role>) -> Vec<Entry> {
    let w = words.palette();
    let may = |permission| role.is_some_and(|role| role.allows(permission));
    let go = |path: &str| Act::Go(path.to_owned());
    let mut acts = Vec::new();
    if may(Permission::Publish) {
        acts.push(Entry::new(lucide::PLUS, w.compose(), Act::Compose));
        acts.push(Entry::new(lucide::REFRESH_CW, w.sync(), Act::Ask(Step::Sync)));
    }
    if may(Permission::ManageAccounts) {
        acts.push(Entry::new(lucide::AT_SIGN, w.connect(), go("/accounts#connect")));
    }
    if may(Permission::ManageTeam) {
        acts.push(Entry::new(lucide::USERS_ROUND, w.invite(), go("/team#invite-title")));
    }
    for theme in Theme::ALL {
        let (name, icon) = theme_words(words, theme);
        acts.push(Entry::new(icon, w.theme(name), Act::Theme(theme)));
    }
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != words.0) {
        acts.push(Entry::new(lucide::LANGUAGES, w.language(locale.own_name()), Act::Language(locale)));
    }
    acts.push(Entry::new(lucide::KEYBOARD, words.frame().keys(), Act::Keys));
    acts
}

fn numbers_of(account: AccountId) -> Act {
    Act::Go(format!("/analytics?account={account}"))
}

fn accounts(looked: &Looked, act: impl Fn(AccountId) -> Act) -> Vec<Entry> {
    let accounts = looked.found.accounts.iter();
    let entry = |account: &crate::server_fns::palette::FoundAccount| Entry {
        sign: Sign::Platform(account.platform),
        label: account.name.clone(),
        detail: if account.called == account.name { String::new() } else { account.called.clone() },
        act: act(account.id),
    };
    accounts.map(entry).collect()
}

fn posts(words: Words, looked: &Looked) -> Vec<Entry> {
    let mut posts: Vec<Entry> = looked
        .found
        .posts
        .iter()
        .map(|post| Entry {
            sign: Sign::State(post.state),
            label: if post.words.is_empty() {
                words.posts().no_text().to_owned()
            } else {
                post.words.clone()
            },
            detail: words.state_name(post.state).to_owned(),
            act: Act::Go(format!("/posts/{}", post.id)),
        })
        .collect();
    if looked.found.more {
        let mut query = ParamsMap::new();
        query.insert("q", looked.of.clone());
        let all = Act::Go(format!("/posts{}", query.to_query_string()));
        posts.push(Entry::new(lucide::SEARCH, words.palette().all_posts(&looked.of), all));
    }
    posts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server_fns::palette::{Found, FoundPost};

    fn labels(role: Role, text: &str) -> Vec<String> {
        let looked = Looked { text: text.to_owned(), ..Looked::default() };
        let groups = groups(Words(Locale::Fr), Some(role), &looked);
        groups.into_iter().flat_map(|group| group.entries).map(|entry| entry.label).collect()
    }

    #[test]
    fn accents_need_not_be_typed_and_words_may_come_in_any_order() {
        assert_eq!(labels(Role::Owner, "reglages"), ["Réglages"]);
        assert_eq!(labels(Role::Owner, "sombre theme"), ["Thème\u{a0}: Sombre"]);
        assert!(labels(Role::Owner, "rien de tel").is_empty());
    }

    #[test]
    fn nobody_is_offered_what_they_may_not() {
        let composes = "Composer une publication".to_owned();
        let invites = "Inviter quelqu’un".to_owned();
        assert!(labels(Role::Editor, "").contains(&composes) && !labels(Role::Editor, "").contains(&invites));
        assert!(labels(Role::Owner, "").contains(&invites));
        assert!(!labels(Role::Viewer, "").contains(&composes));
    }

    #[test]
    fn more_posts_than_fit_lead_to_the_list() {
        let post = FoundPost {
            id: "00000000-0000-0000-0000-000000000001".parse().unwrap(),
            words: String::new(),
            state: TargetState::Draft,
        };
        let found = Found { posts: vec![post], more: true, ..Found::default() };
        let looked = Looked { text: "a&b".to_owned(), of: "a&b".to_owned(), found, ..Looked::default() };
        let rows = posts(Words(Locale::En), &looked);
        let acts: Vec<_> = rows.into_iter().map(|row| row.act).collect();
        assert_eq!(acts[1], Act::Go("/posts?q=a%26b".to_owned()));
    }
}
