use crate::components::ErrorBanner;
use crate::server_fns::auth::SignIn;
use crate::state::{DemoAccess, DemoPerson, use_words};
use crate::words::role_name;
use leptos::prelude::*;
use model::ApiError;
use ui::{Avatar, Button};

/// The ways into the demo, whose password is no secret: one for each person.
#[component]
pub(super) fn DemoDoors(demo: DemoAccess, next: String) -> impl IntoView {
    let w = use_words().sign_in();
    let DemoAccess { password, people } = demo;
    let doors = people
        .into_iter()
        .map(|person| view! { <Door person password=password.clone() next=next.clone() /> })
        .collect_view();
    view! {
        <section class="demo-access" aria-labelledby="demo-title">
            <h2 id="demo-title">{w.demo_title()}</h2>
            <p class="small muted">{w.demo_password(&password)}</p>
            <ul>{doors}</ul>
        </section>
    }
}

#[component]
fn Door(person: DemoPerson, password: String, next: String) -> impl IntoView {
    let words = use_words();
    let w = words.sign_in();
    let action = ServerAction::<SignIn>::new();
    let error: Signal<Option<ApiError>> = Signal::derive(move || action.value().get().and_then(Result::err));
    let role = role_name(words, person.role);
    let as_whom = w.demo_act_as(&person.name);
    view! {
        <li>
            <ActionForm action=action>
                <ErrorBanner error />
                <div class="demo-door">
                    <Avatar name=person.name.clone() />
                    <div class="demo-who">
                        <strong>{person.name}</strong>
                        <span class="small muted">{person.email.clone()} " · " {role}</span>
                    </div>
                    <input type="hidden" name="next" value=next />
                    <input type="hidden" name="email" value=person.email />
                    <input type="hidden" name="password" value=password />
                    <Button submit=true busy=action.pending()>
                        {w.demo_act()} <span class="visually-hidden">" " {as_whom}</span>
                    </Button>
                </div>
            </ActionForm>
        </li>
    }
}
