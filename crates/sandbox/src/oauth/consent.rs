//! The consent page and what the person, or a test, answers.

use super::page;
use super::words::Words;
use crate::clock::Millis;
use crate::form::Params;
use crate::state::{Account, Challenge, Code, Entry, Kind, Platform, Refreshing, personas};
use crate::world::World;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use url::Url;

/// An authorization request that its platform found in order.
#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) platform: Platform,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    /// How long the code lives.
    pub(crate) code_life: Millis,
    /// Where the request decides whether a refresh token comes with it (Google).
    pub(crate) refreshing: Refreshing,
    /// Put after the redirect address, as Meta does.
    pub(crate) fragment: Option<&'static str>,
    /// Whether the person may grant a part of the scopes.
    pub(crate) partial: bool,
    pub(crate) denial: Denial,
    /// The persona named in the address.
    pub(crate) persona: Option<String>,
}

/// Query values of a refusal by the person.
type Denial = &'static [(&'static str, &'static str)];

/// Shows the page.
pub(crate) fn ask(world: &World, ask: &Ask, headers: &HeaderMap, own_address: &str) -> Response {
    let words = Words::of(headers);
    let people: Vec<Account> = {
        let ledger = world.ledger();
        ledger.accounts_of(ask.platform).filter(|a| a.kind != Kind::Page).take(30).cloned().collect()
    };
    page::consent(ask, &people, words, own_address)
}

/// Redirects with a code or a refusal.
pub(crate) fn answer(world: &World, ask: &Ask, form: &Params) -> Response {
    match form.get("decision") {
        Some("approve") => {}
        Some("deny") => return redirect(ask, ask.denial),
        _ => return page::refused("decision must be approve or deny"),
    }
    let name = form.get("handle").or(form.get("persona")).or(ask.persona.as_deref());
    let Some(account) = persona(world, ask.platform, name) else {
        return page::refused("a Facebook Page can't sign in; choose the person who holds it");
    };
    let granted: Vec<String> = match (ask.partial, form.get("grants"), form.get("scopes_shown")) {
        (true, Some(grants), _) => chosen(ask, grants),
        (true, None, Some(_)) => Vec::new(),
        _ => ask.scopes.clone(),
    };
    let now = world.now();
    let code = {
        let mut ledger = world.ledger();
        let value = ledger.ids.secret(64);
        let family = ledger.ids.secret(16);
        ledger.record(Entry::Code(Code {
            value: value.clone(),
            platform: ask.platform,
            client_id: ask.client_id.clone(),
            redirect_uri: ask.redirect_uri.clone(),
            account: account.id,
            scopes: granted,
            challenge: ask.challenge.clone(),
            refreshing: ask.refreshing,
            expires_at: now + ask.code_life,
            used: false,
            family,
        }));
        value
    };
    redirect(ask, &[("code", &code)])
}

fn chosen(ask: &Ask, grants: &str) -> Vec<String> {
    let wanted: Vec<&str> = grants.split([' ', ',']).collect();
    ask.scopes.iter().filter(|s| wanted.contains(&s.as_str())).cloned().collect()
}

/// The persona called `name`, made on the spot when nobody is; the first one when no name was given.
fn persona(world: &World, platform: Platform, name: Option<&str>) -> Option<Account> {
    let mut ledger = world.ledger();
    let Some(name) = name.map(str::trim).filter(|n| !n.is_empty()) else {
        return ledger.accounts_of(platform).find(|a| a.kind != Kind::Page).cloned();
    };
    if let Some(known) = ledger.find_account(platform, name) {
        return (known.kind != Kind::Page).then(|| known.clone());
    }
    let new = create(&mut ledger, platform, name);
    Some(new)
}

/// Makes an account of this handle, with two Pages on Facebook.
pub(crate) fn create(ledger: &mut crate::world::Ledger, platform: Platform, name: &str) -> Account {
    let handle: String = name
        .trim_start_matches('@')
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '_' })
        .collect();
    let account = personas::account(platform, &handle, name, "A person of the sandbox.");
    ledger.record(Entry::Account(account.clone()));
    if platform == Platform::Facebook {
        for (suffix, title) in [("page", "Page"), ("shop", "Shop")] {
            let page = personas::page(&account.id, &format!("{handle}.{suffix}"), &format!("{name} {title}"));
            ledger.record(Entry::Account(page));
        }
    }
    account
}

fn redirect(ask: &Ask, values: &[(&str, &str)]) -> Response {
    let Ok(mut url) = Url::parse(&ask.redirect_uri) else {
        return page::refused("the redirect address is not a URL");
    };
    {
        let mut query = url.query_pairs_mut();
        query.extend_pairs(values);
        if let Some(state) = &ask.state {
            query.append_pair("state", state);
        }
    }
    url.set_fragment(ask.fragment);
    HeaderValue::from_str(url.as_str()).map_or_else(
        |_| page::refused("the redirect address is not a URL"),
        |location| (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
    )
}
