use crate::state::use_words;
use leptos::prelude::*;
use model::operations::Connections;

/// How the accounts are connected, with the way to them.
#[component]
pub(super) fn ConnectionsLine(connections: Connections) -> impl IntoView {
    let w = use_words().operations();
    let many = |number: i64| u64::try_from(number).unwrap_or_default();
    let facts = [
        w.accounts(many(connections.accounts)),
        w.to_reconnect(many(connections.needs_reconnect)),
        w.expired(many(connections.expired)),
    ]
    .join(" · ");
    view! {
        <section class="section" aria-labelledby="connections-title">
            <div class="section-head">
                <h2 id="connections-title">{w.connections()}</h2>
                <p>{facts}</p>
                <a class="link small push" href="/accounts">
                    {w.to_accounts()}
                </a>
            </div>
        </section>
    }
    .into_any()
}
