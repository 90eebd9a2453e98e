//! The front page: what was published, newest first, and who lives here.

use super::images;
use crate::clock::short;
use crate::permalink;
use crate::state::{Account, Kind, Platform, Post};
use crate::text::{escape, head};
use crate::world::{Ledger, World};
use axum::extract::State;
use axum::response::Html;

const CSS: &str = include_str!("feed.css");
const SCRIPT: &str = include_str!("feed.js");
/// Posts shown of each platform.
const SHOWN: usize = 50;

pub(super) async fn show(State(world): State<World>) -> Html<String> {
    let ledger = world.ledger();
    let columns: String = Platform::ALL.into_iter().map(|p| column(&world, &ledger, p)).collect();
    let refresh = format!("<script type=\"module\">{SCRIPT}</script>");
    Html(format!(
        "{}<body>\
         <p class=\"banner\" role=\"note\">Sandbox: nothing leaves this machine</p>\
         <header><h1>What was published</h1><p>Simulated platforms, newest post first. The page refreshes itself.</p>\
         </header><main>{columns}</main></body></html>",
        head("en", "Sandbox: what was published", CSS, &refresh)
    ))
}

fn column(world: &World, ledger: &Ledger, platform: Platform) -> String {
    let (_, count) = ledger.counts(platform);
    let posts: String = ledger
        .all_posts()
        .rev()
        .filter(|p| p.platform == platform)
        .take(SHOWN)
        .map(|p| article(world, ledger, p))
        .collect();
    let posts = if posts.is_empty() { "<p class=\"empty\">Nothing yet.</p>".to_owned() } else { posts };
    let people: String = ledger.accounts_of(platform).take(12).map(|a| person(world, a)).collect();
    format!(
        "<section class=\"{key}\" aria-labelledby=\"{key}\"><h2 id=\"{key}\">{name} <span>{count}</span></h2><div class=\"posts\">{posts}</div>\
         <details><summary>Who lives here</summary><ul>{people}</ul></details></section>",
        key = platform.key(),
        name = platform.name(),
    )
}

fn article(world: &World, ledger: &Ledger, post: &Post) -> String {
    let author = ledger.account(post.platform, &post.account);
    let (name, handle) = author.map_or(("?", "?"), |a| (a.name.as_str(), a.handle.as_str()));
    let images = images(world, post);
    let deleted = if post.deleted { " <em>deleted</em>" } else { "" };
    let again = if post.attempts > 1 { format!(" · sent {} times", post.attempts) } else { String::new() };
    format!(
        "<article{class}><h3>{name} <span>@{handle}</span></h3><p>{text}</p><div class=\"media\">{images}</div>\
         <footer><a href=\"{link}\">{at} UTC</a> · <code>{id}</code>{again}{deleted}</footer></article>",
        class = if post.deleted { " class=\"deleted\"" } else { "" },
        name = escape(name),
        handle = escape(handle),
        text = escape(&post.text),
        link = escape(&world.address(&permalink::of_post(ledger, post))),
        at = short(post.created_at),
        id = escape(&post.id),
    )
}

fn person(world: &World, account: &Account) -> String {
    let password =
        account.password.as_ref().map_or_else(String::new, |p| format!(", app password <code>{p}</code>"));
    let kind = if account.kind == Kind::Page { " (Page)" } else { "" };
    format!(
        "<li><a href=\"{}\">{}</a>{kind} <code>{}</code>{password}</li>",
        escape(&world.address(&permalink::of_account(account))),
        escape(&account.name),
        escape(&account.handle)
    )
}
