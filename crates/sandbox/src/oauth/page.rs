//! The HTML of the consent page.

use super::consent::Ask;
use super::words::Words;
use crate::state::Account;
use crate::text::{escape, head};
use axum::response::{Html, IntoResponse, Response};
use http::{StatusCode, header};
use std::fmt::Write;

const CSS: &str = include_str!("consent.css");

pub(super) fn consent(ask: &Ask, people: &[Account], words: Words, own_address: &str) -> Response {
    let title = (words.title)(ask.platform);
    let mut body = format!(
        "{head}<body class=\"{platform}\"><p class=\"banner\" role=\"note\">{banner}</p><main><h1>{title}</h1>\
         <p><strong>{client}</strong> {asks}</p><form method=\"post\" action=\"{action}\">",
        head = head(words.lang, &title, CSS, ""),
        title = escape(&title),
        platform = ask.platform.key(),
        banner = words.banner,
        client = escape(&ask.client_id),
        asks = words.asks,
        action = escape(own_address),
    );
    people_fieldset(&mut body, ask, people, words);
    scopes_fieldset(&mut body, ask, words);
    push(
        &mut body,
        format_args!(
            "<p class=\"buttons\"><button name=\"decision\" value=\"approve\" class=\"primary\">{}</button>\
             <button name=\"decision\" value=\"deny\" formnovalidate>{}</button></p>\
             <p class=\"hint\">{} {}</p></form></main></body></html>",
            words.approve,
            words.deny,
            words.back_to,
            escape(&ask.redirect_uri)
        ),
    );
    ([(header::CACHE_CONTROL, "no-store")], Html(body)).into_response()
}

fn people_fieldset(body: &mut String, ask: &Ask, people: &[Account], words: Words) {
    push(body, format_args!("<fieldset><legend>{}</legend>", words.who));
    let named = ask.persona.as_deref().unwrap_or_default();
    let known = people.iter().any(|p| p.handle == named || p.id == named);
    for (i, person) in people.iter().enumerate() {
        let on = person.handle == named || person.id == named || (!known && i == 0);
        push(
            body,
            format_args!(
                "<label class=\"person\"><input type=\"radio\" name=\"persona\" value=\"{handle}\"{checked}>\
                 <span class=\"face\" aria-hidden=\"true\">{initial}</span><span><b>{name}</b> \
                 <span class=\"at\">@{handle}</span><br><span class=\"hint\">{bio}</span></span></label>",
                handle = escape(&person.handle),
                checked = if on { " checked" } else { "" },
                initial = escape(&person.name.chars().take(1).collect::<String>()),
                name = escape(&person.name),
                bio = escape(&person.bio),
            ),
        );
    }
    push(
        body,
        format_args!(
            "<label class=\"other\" for=\"handle\">{}</label><input id=\"handle\" name=\"handle\" \
             value=\"{}\" autocomplete=\"off\" spellcheck=\"false\" maxlength=\"60\" \
             aria-describedby=\"handle-hint\"><p class=\"hint\" id=\"handle-hint\">{}</p></fieldset>",
            words.other,
            if known { String::new() } else { escape(named) },
            words.other_hint
        ),
    );
}

fn scopes_fieldset(body: &mut String, ask: &Ask, words: Words) {
    push(body, format_args!("<fieldset><legend>{}</legend>", words.scopes));
    if !ask.partial {
        body.push_str("<ul>");
        for scope in &ask.scopes {
            push(body, format_args!("<li><code>{}</code></li>", escape(scope)));
        }
        body.push_str("</ul></fieldset>");
        return;
    }
    push(
        body,
        format_args!(
            "<p class=\"hint\">{}</p><input type=\"hidden\" name=\"scopes_shown\" value=\"1\">",
            words.scopes_hint
        ),
    );
    for scope in &ask.scopes {
        let scope = escape(scope);
        push(
            body,
            format_args!(
                "<label class=\"scope\"><input type=\"checkbox\" name=\"grants\" value=\"{scope}\" checked> \
                 <code>{scope}</code></label>"
            ),
        );
    }
    body.push_str("</fieldset>");
}

/// A page that says why an authorization request can't go on; the person is not sent back.
pub(crate) fn refused(why: &str) -> Response {
    let page = format!(
        "{}<body><p class=\"banner\" role=\"note\">Sandbox: nothing leaves this machine</p>\
         <main><h1>Something went wrong</h1><p>You weren’t able to give access to the app: {}.</p></main></body></html>",
        head("en", "Sandbox: request refused", CSS, ""),
        escape(why)
    );
    (StatusCode::BAD_REQUEST, Html(page)).into_response()
}

fn push(body: &mut String, text: std::fmt::Arguments<'_>) {
    if body.write_fmt(text).is_err() {
        tracing::error!("sandbox.page.unwritable");
    }
}
