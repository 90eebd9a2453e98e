use crate::components::frame::nav::Place;
use crate::components::frame::palette::BOTH;
use crate::state::{use_over_page, use_page_facts, use_words};
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_navigate;
use model::Permission;
use ui::Dialog;

/// Where a key press belongs to the text being written, or to what is open over the page.
const OWN_KEYS: &str = "input, textarea, select, [contenteditable], dialog[open]";
/// Composes a post.
const COMPOSE: &str = "c";
const COMPOSER: &str = "/compose";
/// Opens the list of keys.
const LIST: &str = "?";
/// Before the letter of a place.
pub(crate) const GO: &str = "g";

fn is_ours(event: &KeyboardEvent) -> bool {
    let elsewhere = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.closest(OWN_KEYS), Ok(Some(_))));
    !elsewhere && !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.default_prevented()
}

/// Listens to the keys and lists them.
#[component]
pub(super) fn Keys(open: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let w = words.frame();
    let navigate = use_navigate();
    let over = use_over_page();
    let going = StoredValue::new(false);
    let composes = use_page_facts()
        .session
        .and_then(|session| session.membership().map(|here| here.role.allows(Permission::Publish)))
        .unwrap_or_default();
    Effect::new(move || {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            if !is_ours(&event) {
                return;
            }
            let key = event.key();
            let after_go = going.get_value();
            going.set_value(key == GO);
            if after_go {
                if let Some(place) = Place::ALL.into_iter().find(|place| place.key() == key) {
                    navigate(place.path(), leptos_router::NavigateOptions::default());
                }
            } else if key == COMPOSE && composes {
                event.prevent_default();
                if !over.open(COMPOSER) {
                    navigate(COMPOSER, leptos_router::NavigateOptions::default());
                }
            } else if key == LIST {
                open.set(true);
            }
        });
        on_cleanup(move || listener.remove());
    });
    let places = Place::ALL.map(|place| {
        let keys = w.key_then(GO, place.key());
        view! { <KeyLine keys what=place.name(words) /> }
    });
    view! {
        <Dialog id="keys" open title=w.keys() close_label=words.common().close()>
            <dl class="keys">
                <KeyLine keys=BOTH.to_owned() what=w.key_search() />
                <KeyLine keys=COMPOSE.to_owned() what=w.key_compose() />
                {places.collect_view()}
                <KeyLine keys=LIFT.to_owned() what=w.key_move() />
                <KeyLine keys=MARK.to_owned() what=w.key_mark() />
                <KeyLine keys=LIST.to_owned() what=w.key_keys() />
                <KeyLine keys=ESCAPE.to_owned() what=w.key_close() />
            </dl>
        </Dialog>
    }
    .into_any()
}

const ESCAPE: &str = "Esc";
/// On the calendar's posts, which take these keys themselves.
pub(crate) const LIFT: &str = "m";
pub(crate) const MARK: &str = "x";

#[component]
fn KeyLine(keys: String, what: &'static str) -> impl IntoView {
    view! {
        <div>
            <dt>{what}</dt>
            <dd>
                <kbd>{keys}</kbd>
            </dd>
        </div>
    }
}
