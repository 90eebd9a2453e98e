//! The page that anybody sees of a post or an account, where the real site has it. It is not part of the simulated
//! API: no faults, no limits, no log.

use super::images;
use crate::clock::{rfc3339, short};
use crate::form::Params;
use crate::state::{self, Account, Platform, Post};
use crate::text::{escape, head};
use crate::world::{Ledger, World};
use crate::{bluesky, permalink};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use http::{StatusCode, header};

const CSS: &str = include_str!("public.css");
/// Posts shown of an account.
const SHOWN: usize = 50;

pub(super) fn router() -> Router<World> {
    let pages = [
        ("/x/{handle}", profile(Platform::X)),
        ("/x/{handle}/status/{id}", post(|state, at| state.post(Platform::X, at.last()?))),
        ("/facebook/{page}", get(facebook)),
        (
            "/facebook/{page}/posts/{number}",
            post(|state, at| {
                let page = state.find_account(Platform::Facebook, at.first()?)?;
                state.post(Platform::Facebook, &format!("{}_{}", page.id, at.last()?))
            }),
        ),
        ("/instagram/{handle}", profile(Platform::Instagram)),
        (
            "/instagram/p/{shortcode}",
            post(|state, at| {
                let path = format!("/instagram/p/{}/", at.last()?);
                state
                    .all_posts()
                    .rev()
                    .find(|p| p.platform == Platform::Instagram && permalink::of_post(state, p) == path)
            }),
        ),
        ("/linkedin/in/{name}", profile(Platform::Linkedin)),
        ("/linkedin/feed/update/{urn}", post(|state, at| state.post(Platform::Linkedin, at.last()?))),
        ("/tiktok/{handle}", profile(Platform::Tiktok)),
        ("/tiktok/{handle}/video/{id}", post(|state, at| state.post(Platform::Tiktok, at.last()?))),
        ("/youtube/watch", get(watch)),
        ("/youtube/{handle}", profile(Platform::Youtube)),
        ("/bluesky/profile/{actor}", profile(Platform::Bluesky)),
        (
            "/bluesky/profile/{actor}/post/{rkey}",
            post(|state, at| {
                let author = state.find_account(Platform::Bluesky, at.first()?)?;
                state.post(Platform::Bluesky, &bluesky::uri(&author.id, at.last()?))
            }),
        ),
    ];
    // The real sites take each address with a slash at its end and without.
    pages.into_iter().fold(Router::new(), |router, (path, page)| {
        router.route(&format!("{path}/"), page.clone()).route(path, page)
    })
}

/// Finds a post by the values in its address.
type Find = for<'s> fn(&'s state::State, &[String]) -> Option<&'s Post>;

fn post(find: Find) -> MethodRouter<World> {
    get(async move |State(world): State<World>, Path(at): Path<Vec<String>>| {
        let ledger = world.ledger();
        find(&ledger, &at).map_or_else(|| missing("post"), |post| show_post(&world, &ledger, post))
    })
}

/// YouTube names the video in the query.
async fn watch(State(world): State<World>, RawQuery(query): RawQuery) -> Response {
    let params = Params::from_query(query.as_deref());
    let ledger = world.ledger();
    let video = params.get("v").and_then(|id| ledger.post(Platform::Youtube, id));
    video.map_or_else(|| missing("video"), |video| show_post(&world, &ledger, video))
}

fn profile(platform: Platform) -> MethodRouter<World> {
    get(async move |State(world): State<World>, Path(name): Path<String>| {
        let ledger = world.ledger();
        let account = ledger.find_account(platform, &name);
        account.map_or_else(|| missing("account"), |account| show_account(&world, &ledger, account))
    })
}

/// A Page by its id or name, or a post by its id: `www.facebook.com/{page}_{number}` leads to it as well.
async fn facebook(State(world): State<World>, Path(name): Path<String>) -> Response {
    let ledger = world.ledger();
    if let Some(post) = ledger.post(Platform::Facebook, &name) {
        return show_post(&world, &ledger, post);
    }
    let account = ledger.find_account(Platform::Facebook, &name);
    account.map_or_else(|| missing("account"), |account| show_account(&world, &ledger, account))
}

/// Facebook keeps unpublished posts for the Page alone.
fn is_public(post: &Post) -> bool {
    !post.deleted && (post.platform != Platform::Facebook || post.extra["published"] != false)
}

fn show_post(world: &World, ledger: &Ledger, post: &Post) -> Response {
    let platform = post.platform;
    let author = ledger.account(platform, &post.account);
    if post.deleted {
        let author = author.map(|a| byline(world, a, "h2")).unwrap_or_default();
        let body = format!("<h1>This post was deleted</h1>{author}");
        return page(StatusCode::GONE, platform.key(), "This post was deleted", &body);
    }
    let Some(author) = author.filter(|_| is_public(post)) else { return missing("post") };
    let body = article(world, ledger, post, &byline(world, author, "h1"));
    page(StatusCode::OK, platform.key(), &format!("{} on {}", author.name, platform.name()), &body)
}

fn show_account(world: &World, ledger: &Ledger, account: &Account) -> Response {
    let platform = account.platform;
    let posts: String = ledger
        .posts_of(platform, &account.id)
        .rev()
        .filter(|p| is_public(p))
        .take(SHOWN)
        .map(|p| article(world, ledger, p, ""))
        .collect();
    let posts = if posts.is_empty() { "<p>Nothing published yet.</p>".to_owned() } else { posts };
    let body = format!(
        "{byline}<p>{bio}</p><h2>Posts</h2>{posts}",
        byline = byline(world, account, "h1"),
        bio = escape(&account.bio),
    );
    page(StatusCode::OK, platform.key(), &format!("{} on {}", account.name, platform.name()), &body)
}

/// Face, name and, where people have one, handle.
fn byline(world: &World, account: &Account, heading: &str) -> String {
    let platform = account.platform;
    let handle = match platform {
        Platform::Facebook | Platform::Linkedin => String::new(),
        Platform::X | Platform::Instagram | Platform::Bluesky | Platform::Tiktok | Platform::Youtube => {
            format!("<span>@{}</span>", escape(&account.handle))
        }
    };
    format!(
        "<header><img src=\"{face}\" alt=\"\" width=\"48\" height=\"48\">\
         <{heading}><a href=\"{link}\">{name}</a> {handle}</{heading}></header>",
        face = escape(&world.address(&format!("/avatar/{}/{}.svg", platform.key(), account.id))),
        link = escape(&world.address(&permalink::of_account(account))),
        name = escape(&account.name),
    )
}

fn article(world: &World, ledger: &Ledger, post: &Post, byline: &str) -> String {
    format!(
        "<article>{byline}<p class=\"text\">{text}</p><div class=\"media\">{images}</div>\
         <footer><a href=\"{link}\"><time datetime=\"{exact}\">{at} UTC</time></a></footer></article>",
        text = escape(&post.text),
        images = images(world, post),
        link = escape(&world.address(&permalink::of_post(ledger, post))),
        exact = rfc3339(post.created_at),
        at = short(post.created_at),
    )
}

fn missing(what: &str) -> Response {
    let title = format!("There is no such {what}");
    page(StatusCode::NOT_FOUND, "", &title, &format!("<h1>{title}</h1>"))
}

fn page(status: StatusCode, class: &str, title: &str, body: &str) -> Response {
    let html = format!(
        "{head}<body class=\"{class}\"><p class=\"banner\" role=\"note\">Sandbox: nothing leaves this machine</p>\
         <main>{body}</main></body></html>",
        head = head("en", &format!("{title} (sandbox)"), CSS, ""),
    );
    (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}
