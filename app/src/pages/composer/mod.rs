//! `/compose` and `/posts/:id/edit`: a sheet over the page where it was opened, else over the list of posts.

mod accounts;
mod asked;
mod banners;
mod checks;
mod draft;
mod editor;
mod foot;
mod guard;
mod head;
mod jump;
mod key;
mod modal;
mod nearby;
mod panel;
mod points;
mod previews;
mod saving;
mod sheet;
mod skeleton;
mod tabs;
mod version;

use crate::components::ErrorView;
use crate::server_fns::posts::start_composing;
use crate::state::{use_toasts, use_words};
use asked::Asked;
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use modal::{open_over_page, way_back};
use model::ApiError;
use sheet::{Sheet, Wishes};
use skeleton::SheetSkeleton;
use ui::{ButtonLink, ToastHost};

pub(crate) use draft::parse_local;

#[component]
pub fn ComposerPage() -> impl IntoView {
    let words = use_words();
    let Asked { post, on, at, fault } = Asked::here();
    let start = Resource::new_blocking(
        move || post.get(),
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
            <Suspense fallback=|| view! { <SheetSkeleton /> }>
                {move || {
                    let fault = fault.clone();
                    Suspend::new(async move {
                        match start.await {
                            Ok(start) => view! { <Sheet start on at fault wishes leave /> }.into_any(),
                            Err(error) => view! { <NotStarted error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
            <ToastHost toasts=use_toasts() dismiss_label=words.common().close() />
        </dialog>
    }
    .into_any()
}

/// The post can't be edited here, or isn't there.
#[component]
fn NotStarted(error: ApiError) -> impl IntoView {
    view! {
        <div class="sheet-edit" id="composer-title">
            <ErrorView error />
            <div class="row wrap">
                <ButtonLink href="/posts">{use_words().common().close()}</ButtonLink>
            </div>
        </div>
    }
}
