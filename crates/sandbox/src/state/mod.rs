//! What the platforms remember. Every change is an [`Entry`]; live requests and the journal's replay go through the
//! same [`State::apply`].

mod account;
mod content;
mod grant;
mod past;
pub(crate) mod personas;
mod videos;

pub(crate) use account::{Account, App, Kind};
pub(crate) use content::{Container, Media, Post, PostMedia, Upload};
pub(crate) use grant::{Challenge, Code, Refreshing, Token, TokenKind};
pub(crate) use past::Past;

use crate::clock::{Millis, wall};
use crate::statistics::{GivenAccount, GivenPost, Numbers};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// The simulated platforms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Platform {
    X,
    Facebook,
    Instagram,
    Linkedin,
    Bluesky,
    Tiktok,
    Youtube,
}

impl Platform {
    pub(crate) const ALL: [Self; 7] = [
        Self::X,
        Self::Facebook,
        Self::Instagram,
        Self::Linkedin,
        Self::Bluesky,
        Self::Tiktok,
        Self::Youtube,
    ];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
            Self::Linkedin => "linkedin",
            Self::Bluesky => "bluesky",
            Self::Tiktok => "tiktok",
            Self::Youtube => "youtube",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::X => "X",
            Self::Facebook => "Facebook",
            Self::Instagram => "Instagram",
            Self::Linkedin => "LinkedIn",
            Self::Bluesky => "Bluesky",
            Self::Tiktok => "TikTok",
            Self::Youtube => "YouTube",
        }
    }

    /// Whether posts can be published to it here.
    pub(crate) fn takes_posts(self) -> bool {
        !matches!(self, Self::Tiktok | Self::Youtube)
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.key() == key)
    }
}

/// One change of the state, and one line of the journal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "t", content = "v", rename_all = "snake_case")]
pub(crate) enum Entry {
    App(App),
    Account(Account),
    Code(Code),
    Token(Box<Token>),
    FamilyRevoked(String),
    Post(Box<Post>),
    /// Posts of the past; those that are there already stay as they are.
    History(Vec<Past>),
    /// What numbers of accounts and posts are to be.
    Statistics {
        accounts: Vec<(Platform, String, GivenAccount)>,
        posts: Vec<(Platform, String, GivenPost)>,
    },
    /// An account begins anew: without the posts it had.
    PostsForgotten(Platform, String),
    Media(Box<Media>),
    Upload(Box<Upload>),
    Container(Box<Container>),
    ClockMoved(Millis),
    Reset,
}

type Key = (Platform, String);

/// Everything the platforms know.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) apps: HashMap<Key, App>,
    pub(crate) accounts: HashMap<Key, Account>,
    account_order: Vec<Key>,
    handles: HashMap<Key, String>,
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) tokens: HashMap<String, Token>,
    tokens_of: HashMap<Key, Vec<String>>,
    revoked_families: HashSet<String>,
    pub(crate) posts: HashMap<Key, Post>,
    post_order: Vec<Key>,
    posts_of: HashMap<Key, Vec<String>>,
    /// Answers on X, by the post they answer.
    answers: HashMap<String, Vec<String>>,
    pub(crate) media: HashMap<String, Media>,
    pub(crate) uploads: HashMap<String, Upload>,
    pub(crate) containers: HashMap<String, Container>,
    pub(crate) numbers: Numbers,
    pub(crate) clock_offset: Millis,
}

impl State {
    /// A state that holds only the default apps and personas, and the videos these have made until now.
    pub(crate) fn seeded() -> Self {
        let mut state = Self::default();
        for platform in Platform::ALL {
            state.apply(Entry::App(App::default_of(platform)));
        }
        for account in personas::all() {
            if matches!(account.platform, Platform::Tiktok | Platform::Youtube) {
                state.apply(Entry::History(videos::of(account.platform, &account.id, wall())));
            }
            state.apply(Entry::Account(account));
        }
        state
    }

    /// Makes one change.
    pub(crate) fn apply(&mut self, entry: Entry) {
        match entry {
            Entry::App(app) => {
                self.apps.insert((app.platform, app.client_id.clone()), app);
            }
            Entry::Account(account) => self.put_account(account),
            Entry::Code(code) => {
                self.codes.insert(code.value.clone(), code);
            }
            Entry::Token(token) => {
                let owner = (token.platform, token.account.clone());
                if self.tokens.insert(token.value.clone(), (*token).clone()).is_none() {
                    self.tokens_of.entry(owner).or_default().push(token.value);
                }
            }
            Entry::FamilyRevoked(family) => {
                self.revoked_families.insert(family);
            }
            Entry::Post(post) => self.put_post(*post),
            Entry::History(posts) => {
                for past in posts {
                    if self.post(past.platform, &past.id()).is_none() {
                        for upload in past.uploads() {
                            self.media.entry(upload.id.clone()).or_insert(upload);
                        }
                        self.put_post(past.into_post());
                    }
                }
            }
            Entry::Statistics { accounts, posts } => {
                for (platform, id, told) in accounts {
                    self.numbers.put_account(platform, id, told);
                }
                for (platform, id, told) in posts {
                    self.numbers.put_post(platform, id, told);
                }
            }
            Entry::PostsForgotten(platform, account) => self.forget_posts(platform, account),
            Entry::Media(media) => {
                self.media.insert(media.id.clone(), *media);
            }
            Entry::Upload(upload) => {
                self.uploads.insert(upload.id.clone(), *upload);
            }
            Entry::Container(container) => {
                self.containers.insert(container.id.clone(), *container);
            }
            Entry::ClockMoved(offset) => self.clock_offset = offset,
            Entry::Reset => *self = Self::seeded(),
        }
    }

    fn put_account(&mut self, account: Account) {
        let key = (account.platform, account.id.clone());
        self.handles.insert((account.platform, account.handle.to_lowercase()), account.id.clone());
        if self.accounts.insert(key.clone(), account).is_none() {
            self.account_order.push(key);
        }
    }

    fn put_post(&mut self, post: Post) {
        let key = (post.platform, post.id.clone());
        let owner = (post.platform, post.account.clone());
        let id = post.id.clone();
        let answered = post.extra["reply"]["in_reply_to_tweet_id"].as_str().map(str::to_owned);
        if self.posts.insert(key.clone(), post).is_none() {
            self.post_order.push(key);
            if let Some(answered) = answered {
                self.answers.entry(answered).or_default().push(id.clone());
            }
            self.posts_of.entry(owner).or_default().push(id);
        }
    }

    fn forget_posts(&mut self, platform: Platform, account: String) {
        let forgotten: HashSet<Key> = self
            .posts_of
            .remove(&(platform, account))
            .unwrap_or_default()
            .into_iter()
            .map(|id| (platform, id))
            .collect();
        self.posts.retain(|key, _| !forgotten.contains(key));
        self.post_order.retain(|key| !forgotten.contains(key));
    }

    pub(crate) fn account(&self, platform: Platform, id: &str) -> Option<&Account> {
        self.accounts.get(&(platform, id.to_owned()))
    }

    /// By identifier or by handle, in any case, with or without `@`.
    pub(crate) fn find_account(&self, platform: Platform, name: &str) -> Option<&Account> {
        let name = name.trim().trim_start_matches('@');
        self.account(platform, name).or_else(|| {
            self.handles.get(&(platform, name.to_lowercase())).and_then(|id| self.account(platform, id))
        })
    }

    /// Accounts in the order they were made.
    pub(crate) fn accounts_of(&self, platform: Platform) -> impl Iterator<Item = &Account> {
        self.account_order.iter().filter(move |k| k.0 == platform).filter_map(|k| self.accounts.get(k))
    }

    /// An account's posts, oldest first, deleted ones included.
    pub(crate) fn posts_of(
        &self,
        platform: Platform,
        account: &str,
    ) -> impl DoubleEndedIterator<Item = &Post> {
        self.posts_of
            .get(&(platform, account.to_owned()))
            .into_iter()
            .flatten()
            .filter_map(move |id| self.posts.get(&(platform, id.clone())))
    }

    /// The answers to a post of X that are still there.
    pub(crate) fn answers_to(&self, id: &str) -> impl Iterator<Item = &Post> {
        let answers = self.answers.get(id).into_iter().flatten();
        answers.filter_map(|id| self.post(Platform::X, id)).filter(|post| !post.deleted)
    }

    /// Every post, oldest first.
    pub(crate) fn all_posts(&self) -> impl DoubleEndedIterator<Item = &Post> {
        self.post_order.iter().filter_map(|key| self.posts.get(key))
    }

    pub(crate) fn post(&self, platform: Platform, id: &str) -> Option<&Post> {
        self.posts.get(&(platform, id.to_owned()))
    }

    pub(crate) fn tokens_of(&self, platform: Platform, account: &str) -> impl Iterator<Item = &Token> {
        self.tokens_of
            .get(&(platform, account.to_owned()))
            .into_iter()
            .flatten()
            .filter_map(|value| self.tokens.get(value))
    }

    /// Whether the token, or the grant it came from, was revoked.
    pub(crate) fn is_revoked(&self, token: &Token) -> bool {
        token.revoked || self.revoked_families.contains(&token.family)
    }

    /// The sizes shown on the front page: accounts and posts of a platform.
    pub(crate) fn counts(&self, platform: Platform) -> (usize, usize) {
        let posts = self.post_order.iter().filter(|k| k.0 == platform).count();
        (self.account_order.iter().filter(|k| k.0 == platform).count(), posts)
    }
}
