use crate::state::{use_page_facts, use_words};
use leptos::prelude::*;
use model::Permission;
use model::session::Membership;
use ui::{ButtonKind, ButtonLink, Mark, MarkShape, lucide};

/// The way to the first post. A step is only offered to a role that may take it.
#[component]
pub(super) fn FirstSteps(
    membership: Membership,
    /// An account is there; what is left is the post.
    connected: bool,
) -> impl IntoView {
    let w = use_words().home();
    let connects = membership.role.allows(Permission::ManageAccounts);
    let composes = membership.role.allows(Permission::Publish);
    let connect_text = if use_page_facts().sandbox { w.connect_text_sandbox() } else { w.connect_text() };
    view! {
        <div class="first">
            <header>
                <h2>{if connected { w.first_title_connected() } else { w.first_title() }}</h2>
                <p>{if connected { w.first_text_connected() } else { w.first_text() }}</p>
            </header>
            <ol class="steps">
                <li class=if connected { "is-done" } else { "is-next" }>
                    {connected
                        .then(|| {
                            view! {
                                <span data-state="ok">
                                    <Mark shape=MarkShape::TICK />
                                </span>
                            }
                        })}
                    <div>
                        <h3>{w.connect_title()}</h3>
                        <p>{connect_text}</p>
                    </div>
                    <div class="acts">
                        {connects
                            .then(|| {
                                view! {
                                    <ButtonLink href="/accounts" kind=primary_if(!connected)>
                                        {w.connect_act()}
                                    </ButtonLink>
                                }
                            })}
                    </div>
                </li>
                <li class:is-next=connected>
                    <div>
                        <h3>{w.compose_title()}</h3>
                        <p>{w.compose_text(&membership.zone)}</p>
                    </div>
                    <div class="acts">
                        {composes
                            .then(|| {
                                view! {
                                    <ButtonLink href="/compose" icon=lucide::PENCIL kind=primary_if(connected)>
                                        {w.compose_act()}
                                    </ButtonLink>
                                }
                            })}
                    </div>
                </li>
                <li>
                    <div>
                        <h3>{w.watch_title()}</h3>
                        <p>{w.watch_text()}</p>
                    </div>
                    <div class="acts">
                        <ButtonLink href="/posts" kind=ButtonKind::Quiet>
                            {w.watch_act()}
                        </ButtonLink>
                    </div>
                </li>
            </ol>
        </div>
    }
}

/// The next step's button asks to be pressed.
fn primary_if(next: bool) -> ButtonKind {
    if next { ButtonKind::Primary } else { ButtonKind::Plain }
}
