use super::browser_name::{browser, system};
use crate::components::{PlainFormError, error_at_first, tell};
use crate::format;
use crate::server_fns::settings::{EndOtherSessions, EndSession};
use crate::state::use_words;
use crate::words::Words;
use leptos::prelude::*;
use model::session::SessionRow;
use ui::{Button, Tag};

fn name_of(words: Words, user_agent: &str) -> String {
    let w = words.settings();
    match (browser(user_agent), system(user_agent)) {
        (Some(browser), Some(system)) => w.browser_on(browser, system),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => w.unknown_browser().to_owned(),
    }
}

/// Where the person is signed in, and ending that.
#[component]
pub(super) fn Sessions(
    sessions: Vec<SessionRow>,
    /// Loads them again.
    changed: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let w = words.settings();
    let end = ServerAction::<EndSession>::new();
    let end_others = ServerAction::<EndOtherSessions>::new();
    tell(end, move |()| w.done_ended().to_owned(), move || changed.run(()));
    tell(end_others, move |ended| w.done_others(u64::from(*ended)), move || changed.run(()));
    let others = sessions.iter().any(|row| !row.current);
    let rows = sessions.into_iter().map(|row| view! { <Row row end /> }).collect_view();
    view! {
        <section aria-labelledby="sessions-title">
            <header>
                <h2 id="sessions-title">{w.sessions_title()}</h2>
                <p>{w.sessions_text()}</p>
            </header>
            <div class="stack">
                <PlainFormError errors=vec![error_at_first(end), error_at_first(end_others)] />
                <ul class="session-rows">{rows}</ul>
                {others
                    .then(|| {
                        view! {
                            <ActionForm action=end_others>
                                <Button submit=true busy=end_others.pending()>
                                    {w.end_others()}
                                </Button>
                            </ActionForm>
                        }
                    })}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Row(row: SessionRow, end: ServerAction<EndSession>) -> impl IntoView {
    let words = use_words();
    let w = words.settings();
    let name = name_of(words, &row.user_agent);
    let address = if row.address.is_empty() { w.unknown_address().to_owned() } else { row.address };
    let seen = w.last_seen(&format::day_and_time(words.0, row.last_seen_at.local, 0));
    let since = w.since(&format::day_and_time(words.0, row.created_at.local, 0));
    let facts = [address, seen].join(" · ");
    let label = w.end_session_of(&name);
    let act = (!row.current).then(|| {
        view! {
            <ActionForm action=end>
                <input type="hidden" name="session" value=row.id.to_string() />
                <button
                    class="button is-small"
                    type="submit"
                    aria-label=label
                    aria-busy=move || end.pending().get().then_some("true")
                >
                    {w.end_session()}
                </button>
            </ActionForm>
        }
    });
    view! {
        <li>
            <span class="account-name">
                <span class="row">
                    <span class="clip" title=row.user_agent>
                        {name}
                    </span>
                    {row.current.then(|| view! { <Tag>{w.session_here()}</Tag> })}
                </span>
                <span title=since>{facts}</span>
            </span>
            {act}
        </li>
    }
    .into_any()
}
