//! `/compose` and `/posts/:id/edit`: a sheet over the list of posts.

mod accounts;
mod checks;
mod draft;
mod editor;
mod foot;
mod guard;
mod previews;
mod saving;
mod sheet;

use crate::components::ErrorView;
use crate::server_fns::posts::start_composing;
use crate::state::use_words;
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use model::ApiError;
use sheet::{Sheet, Wishes};
use ui::{ButtonLink, SkeletonRows};

pub(crate) use draft::parse_local;

#[component]
pub fn ComposerPage() -> impl IntoView {
    let words = use_words();
    let params = use_params_map();
    let start = Resource::new_blocking(
        move || params.read().get("id"),
        |id| async move {
            let post = id.map(|id| id.parse().map_err(|_| ApiError::NotFound)).transpose()?;
            start_composing(post).await
        },
    );
    let leave = way_back();
    let wishes = Wishes {
        close: StoredValue::new(None),
        schedule: StoredValue::new(None),
        preview: RwSignal::new(false),
    };
    let close = move || wishes.close.get_value().unwrap_or(leave).run(());
    let dialog = NodeRef::<html::Dialog>::new();
    give_the_focus_back();
    // The page comes with the dialog open, for browsers without wasm; here it becomes a modal one.
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            // Each fails only where the dialog is in the other state already.
            drop(dialog.remove_attribute("open"));
            drop(dialog.show_modal());
        }
    });
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            if let Some(schedule) = wishes.schedule.get_value() {
                schedule.run(());
            }
        }
    };
    view! {
        <div class="sheet-scrim" on:click=move |_| close()></div>
        <dialog
            class="sheet"
            id="composer"
            open=true
            aria-labelledby="composer-title"
            data-view=move || if wishes.preview.get() { "preview" } else { "write" }
            node_ref=dialog
            on:cancel=move |event: Event| {
                event.prevent_default();
                close();
            }
            on:keydown=key
        >
            <Suspense fallback=move || {
                view! {
                    <div class="sheet-edit">
                        <SkeletonRows label=words.common().loading() rows=6 />
                    </div>
                }
            }>
                {move || Suspend::new(async move {
                    match start.await {
                        Ok(start) => view! { <Sheet start wishes leave /> }.into_any(),
                        Err(error) => view! {
                            <div class="sheet-edit" id="composer-title">
                                <ErrorView error />
                                <div class="row wrap">
                                    <ButtonLink href="/posts">{words.common().close()}</ButtonLink>
                                </div>
                            </div>
                        }
                        .into_any(),
                    }
                })}
            </Suspense>
        </dialog>
    }
    .into_any()
}

/// Remembers what had the focus when the sheet opened, and returns it there when the sheet is gone.
fn give_the_focus_back() {
    let opener = StoredValue::new_local(None::<web_sys::HtmlElement>);
    // Once, and only in the browser.
    Effect::new(move || {
        let active = document().active_element().and_then(|active| active.dyn_into().ok());
        opener.set_value(active.and_then(|active: web_sys::HtmlElement| still_there(&active)));
    });
    on_cleanup(move || {
        if let Some(opener) = opener.try_get_value().flatten() {
            request_animation_frame(move || {
                // Fails only for what can't take the focus.
                drop(opener.focus());
            });
        }
    });
}

/// What will be there under the sheet: for an item of a menu, which closes, the menu's button.
fn still_there(active: &web_sys::HtmlElement) -> Option<web_sys::HtmlElement> {
    let menu = active.closest("[popover]").ok().flatten();
    let found = match menu {
        Some(menu) => {
            document().query_selector(&format!("[popovertarget='{}']", menu.id())).ok().flatten()?
        }
        None if active.tag_name() == "BODY" => document().query_selector("a.compose").ok().flatten()?,
        None => return Some(active.clone()),
    };
    found.dyn_into().ok()
}

/// Back to where the person was: the page before, or the list for whoever came by the address.
fn way_back() -> Callback<()> {
    let loaded = Owner::current_shared_context().is_some_and(|shared| shared.during_hydration());
    let navigate = use_navigate();
    Callback::new(move |()| {
        let went_back = !loaded && window().history().is_ok_and(|history| history.back().is_ok());
        if !went_back {
            navigate("/posts", NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    })
}
