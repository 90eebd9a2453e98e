//! The front page: what was published, newest first, and who lives here.

use crate::clock::short;
use crate::state::{Account, Kind, Platform, Post};
use crate::text::escape;
use crate::world::{Ledger, World};
use axum::extract::State;
use axum::response::Html;

const CSS: &str = include_str!("feed.css");
/// Posts shown of each platform.
const SHOWN: usize = 50;

pub(super) async fn show(State(world): State<World>) -> Html<String> {
    let ledger = world.ledger();
    let columns: String = Platform::ALL.into_iter().map(|p| column(&ledger, p)).collect();
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sandbox: what was published</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"refresh\" content=\"3\"><style>{CSS}</style></head><body>\
         <p class=\"banner\" role=\"note\">Sandbox: nothing leaves this machine</p>\
         <header><h1>What was published</h1><p>Simulated platforms, newest post first. The page refreshes itself.</p>\
         </header><main>{columns}</main></body></html>"
    ))
}

fn column(ledger: &Ledger, platform: Platform) -> String {
    let (_, count) = ledger.counts(platform);
    let posts: String = ledger
        .all_posts()
        .rev()
        .filter(|p| p.platform == platform)
        .take(SHOWN)
        .map(|p| article(ledger.account(platform, &p.account), p))
        .collect();
    let posts = if posts.is_empty() { "<p class=\"empty\">Nothing yet.</p>".to_owned() } else { posts };
    let people: String = ledger.accounts_of(platform).take(12).map(person).collect();
    format!(
        "<section class=\"{key}\" aria-labelledby=\"{key}\"><h2 id=\"{key}\">{name} <span>{count}</span></h2>{posts}\
         <details><summary>Who lives here</summary><ul>{people}</ul></details></section>",
        key = platform.key(),
        name = platform.name(),
    )
}

fn article(author: Option<&Account>, post: &Post) -> String {
    let (name, handle) = author.map_or(("?", "?"), |a| (a.name.as_str(), a.handle.as_str()));
    let images: String = post
        .media
        .iter()
        .map(|m| {
            let alt = escape(m.alt.as_deref().unwrap_or_default());
            format!("<img src=\"/control/blobs/{}\" alt=\"{alt}\" loading=\"lazy\">", escape(&m.sha256))
        })
        .collect();
    let deleted = if post.deleted { " <em>deleted</em>" } else { "" };
    let again = if post.attempts > 1 { format!(" · sent {} times", post.attempts) } else { String::new() };
    format!(
        "<article{class}><h3>{name} <span>@{handle}</span></h3><p>{text}</p><div class=\"media\">{images}</div>\
         <footer>{at} UTC · <code>{id}</code>{again}{deleted}</footer></article>",
        class = if post.deleted { " class=\"deleted\"" } else { "" },
        name = escape(name),
        handle = escape(handle),
        text = escape(&post.text),
        at = short(post.created_at),
        id = escape(&post.id),
    )
}

fn person(account: &Account) -> String {
    let password =
        account.password.as_ref().map_or_else(String::new, |p| format!(", app password <code>{p}</code>"));
    let kind = if account.kind == Kind::Page { " (Page)" } else { "" };
    format!("<li>{}{kind} <code>{}</code>{password}</li>", escape(&account.name), escape(&account.handle))
}
