//! `/compose` and `/posts/:id/edit`: a sheet over the list of posts.

mod accounts;
mod checks;
mod draft;
mod editor;
mod foot;
mod guard;
mod key;
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
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            open_over_page(&dialog);
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

/// Opens the sheet over the page, and returns the focus to where it came from when the sheet is gone.
fn open_over_page(dialog: &web_sys::HtmlDialogElement) {
    // A menu's item is gone by then: its button has the focus instead. A key opens the sheet from nowhere.
    ui::leave_menu();
    let active =
        || document().active_element().and_then(|active| active.dyn_into::<web_sys::HtmlElement>().ok());
    let from_nowhere = active().is_none_or(|active| active.tag_name() == "BODY");
    if from_nowhere
        && let Ok(Some(compose)) = document().query_selector("a.compose")
        && let Ok(compose) = compose.dyn_into::<web_sys::HtmlElement>()
    {
        // Fails only for what can't take the focus.
        drop(compose.focus());
    }
    let opener = StoredValue::new_local(active());
    let sheet = StoredValue::new_local(dialog.clone());
    // The page comes with the dialog open, for browsers without wasm; here it becomes a modal one.
    // Each fails only where the dialog is in the other state already.
    drop(dialog.remove_attribute("open"));
    drop(dialog.show_modal());
    on_cleanup(move || {
        // What lies under an open sheet can't take the focus.
        sheet.try_with_value(web_sys::HtmlDialogElement::close);
        let opener = opener.try_get_value().flatten();
        request_animation_frame(move || {
            let lost = active().is_none_or(|active| active.tag_name() == "BODY");
            // On the way to another page its content takes the focus.
            let main = || document().get_element_by_id("main").and_then(|main| main.dyn_into().ok());
            let next: Option<web_sys::HtmlElement> =
                opener.filter(|opener| opener.is_connected()).or_else(main);
            if let Some(next) = next.filter(|_| lost) {
                // Fails only for what can't take the focus.
                drop(next.focus());
            }
        });
    });
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
