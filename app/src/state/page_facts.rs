use crate::state::Theme;
use crate::words::{Locale, Words};
use leptos::prelude::*;
use model::Role;
use model::live::Tally;
use model::session::Session;
use serde::{Deserialize, Serialize};

/// How to sign in to what `fanfare demo` makes. The server provides it by context, in the demo only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccess {
    /// The same for all.
    pub password: String,
    /// At least one.
    pub people: Vec<DemoPerson>,
}

/// Somebody whose access to the demo is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPerson {
    pub name: String,
    pub email: String,
    /// In the first workspace.
    pub role: Role,
}

/// What the server knew when it rendered the page. The browser reads the same value while hydrating; whatever changes
/// it (signing in or out, another language or workspace) loads the page anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFacts {
    pub locale: Locale,
    pub theme: Theme,
    /// Plain http under another machine's name.
    pub insecure: bool,
    /// Some platform is simulated.
    pub sandbox: bool,
    pub session: Option<Session>,
    /// How often what the page shows had changed before it was read.
    pub tally: Tally,
    /// For whoever isn't signed in yet.
    pub demo: Option<DemoAccess>,
}

#[cfg(feature = "ssr")]
impl PageFacts {
    /// From the cookies, then the browser's wishes.
    pub fn of_request() -> Self {
        use crate::request;
        let facts = request::facts();
        let locale = Locale::of_request(
            request::cookie(Locale::COOKIE).as_deref(),
            request::header(http::header::ACCEPT_LANGUAGE).as_deref(),
        );
        let theme = request::cookie(Theme::COOKIE).and_then(|key| Theme::from_key(&key)).unwrap_or_default();
        let demo = use_context().filter(|_: &DemoAccess| facts.session.is_none());
        Self {
            locale,
            theme,
            insecure: facts.insecure,
            sandbox: facts.sandbox,
            session: facts.session,
            tally: facts.tally,
            demo,
        }
    }
}

#[cfg(not(feature = "ssr"))]
impl PageFacts {
    /// Never needed while hydrating, when the server's value is at hand.
    fn of_request() -> Self {
        Self::default()
    }
}

/// Shares the page's facts and words with every component, and who guards the way back.
pub fn provide_page_facts() {
    let facts = SharedValue::new(PageFacts::of_request).into_inner();
    provide_context(Words(facts.locale));
    super::theme::provide_theme(facts.theme);
    super::live::provide_live(&facts);
    provide_context(StoredValue::new(facts));
    super::way_back::provide_way_back();
}

pub fn use_page_facts() -> PageFacts {
    use_context::<StoredValue<PageFacts>>().map(|facts| facts.get_value()).unwrap_or_default()
}

pub fn use_words() -> Words {
    use_context().unwrap_or_default()
}

pub fn use_locale() -> Locale {
    use_words().0
}
