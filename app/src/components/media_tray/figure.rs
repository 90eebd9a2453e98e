use super::Tray;
use super::tile::{Tile, TileFile};
use crate::format;
use crate::state::use_words;
use crate::words::{Words, describe};
use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::media::MediaView;
use ui::{ButtonKind, Icon, IconButton, lucide};

/// One tile. The picture, its place in the order and what can be done about it.
#[component]
pub(super) fn TileFigure(
    tray: Tray,
    key: u32,
    /// The tile being dragged, and the one below it.
    dragged: RwSignal<Option<u32>>,
    below: RwSignal<Option<u32>>,
    /// Keys of tiles to mark.
    faulty: Signal<Vec<u32>>,
) -> impl IntoView {
    let words = use_words();
    let w = words.media();
    let tile =
        Memo::new(move |_| tray.tiles.with(|tiles| tiles.iter().find(|tile| tile.key == key).cloned()));
    let place = Memo::new(move |_| {
        tray.tiles.with(|tiles| tiles.iter().position(|tile| tile.key == key).unwrap_or(0))
    });
    let count = Memo::new(move |_| tray.tiles.with(Vec::len));
    let number = move || format::count(words.0, u64::try_from(place.get() + 1).unwrap_or_default());
    let go = move |to: usize, act: usize| {
        tray.move_to(key, to);
        focus_act(key, act);
    };
    let drop_here = move |event: DragEvent| {
        if let Some(other) = dragged.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            let to = place.get_untracked();
            tray.move_to(other, to);
            dragged.set(None);
            below.set(None);
        }
    };
    let over_here = move |event: DragEvent| {
        if dragged.get_untracked().is_some() {
            event.prevent_default();
            below.set(Some(key));
        }
    };
    let fault = move || faulty.with(|keys| keys.contains(&key)).then_some("true");
    view! {
        <li
            class="media-item"
            id=format!("image-{key}")
            class:is-uploading=move || tile.with(|t| t.as_ref().is_some_and(|t| t.view().is_none()))
            class:is-dragged=move || dragged.get() == Some(key)
            class:is-below=move || below.get() == Some(key) && dragged.get().is_some_and(|other| other != key)
            class:is-alone=move || count.get() == 1
            data-fault=fault
            draggable="true"
            on:dragstart=move |_| dragged.set(Some(key))
            on:dragend=move |_| {
                dragged.set(None);
                below.set(None);
            }
            on:dragover=over_here
            on:drop=drop_here
        >
            <figure>
                {move || tile.get().map(|tile| picture(words, tile))} <span class="order">{number}</span>
                <figcaption>{move || tile.get().map(|tile| caption(words, tray, tile))}</figcaption>
            </figure>
            {move || {
                let hidden = tile.get()?.post_media()?;
                let place = place.get();
                Some(view! {
                    <input type="hidden" name=format!("media[{place}][id]") value=hidden.media.to_string() />
                    <input type="hidden" name=format!("media[{place}][alt]") value=hidden.alt />
                })
            }}
            <div class="media-acts">
                <IconButton
                    icon=lucide::CHEVRON_LEFT
                    label=Signal::derive(move || w.earlier(&number()))
                    kind=ButtonKind::Quiet
                    small=true
                    idle=Signal::derive(move || place.get() == 0)
                    on_press=move |_| go(place.get_untracked().saturating_sub(1), EARLIER)
                />
                <IconButton
                    icon=lucide::CHEVRON_RIGHT
                    label=Signal::derive(move || w.later(&number()))
                    kind=ButtonKind::Quiet
                    small=true
                    idle=Signal::derive(move || place.get() + 1 >= count.get())
                    on_press=move |_| go(place.get_untracked() + 1, LATER)
                />
                <IconButton
                    icon=lucide::X
                    label=Signal::derive(move || w.remove(&number()))
                    kind=ButtonKind::Quiet
                    small=true
                    on_press=move |_| {
                        let place = place.get_untracked();
                        tray.remove(key);
                        focus_after_removal(tray, place);
                    }
                />
            </div>
        </li>
    }
    .into_any()
}

/// Which of a tile's acts: their order in the page, from one.
const EARLIER: usize = 1;
const LATER: usize = 2;
const REMOVE: usize = 3;

/// Returns the focus to an act of a tile once the page has changed: what moves in the page loses it.
fn focus_act(key: u32, act: usize) {
    focus(format!("#image-{key} .media-acts > :nth-child({act})"));
}

/// After a tile is gone: to the one that took its place, the last, or the button that adds.
fn focus_after_removal(tray: Tray, place: usize) {
    let next = tray.tiles.with_untracked(|tiles| tiles.get(place).or(tiles.last()).map(|tile| tile.key));
    match next {
        Some(key) => focus_act(key, REMOVE),
        None => focus(".media-add".to_owned()),
    }
}

/// Moves the focus to what `selector` finds in the page as it is drawn next.
pub(super) fn focus(selector: String) {
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Fails only for what can't take the focus.
            drop(found.focus());
        }
    });
}

fn picture(words: Words, tile: Tile) -> AnyView {
    match tile.file {
        TileFile::Ready(MediaView { thumbnail, .. }) => {
            view! { <img src=thumbnail alt=tile.alt draggable="false" width="104" height="104" /> }.into_any()
        }
        TileFile::Sending { name, percent } => view! {
            <span class="media-blank">
                <span class="clip">{name.clone()}</span>
            </span>
            <span
                class="meter"
                role="progressbar"
                aria-label=words.media().sending(&name)
                aria-valuenow=percent.to_string()
                aria-valuemin="0"
                aria-valuemax="100"
            >
                <span style=("--v", format!("{:.2}", f64::from(percent) / 100.0))></span>
            </span>
        }
        .into_any(),
        TileFile::Refused { name, .. } => view! {
            <span class="media-blank" data-state="failed">
                <Icon shape=lucide::TRIANGLE_ALERT />
                <span class="clip">{name}</span>
            </span>
        }
        .into_any(),
    }
}

fn caption(words: Words, tray: Tray, tile: Tile) -> AnyView {
    let w = words.media();
    let key = tile.key;
    match tile.file {
        TileFile::Ready(_) => {
            let described = !tile.alt.trim().is_empty();
            let (icon, text) =
                if described { (lucide::CHECK, w.has_alt()) } else { (lucide::TRIANGLE_ALERT, w.no_alt()) };
            view! {
                <button
                    class="media-alt"
                    class:is-missing=!described
                    type="button"
                    on:click=move |_| tray.describing.set(Some(key))
                >
                    <Icon shape=icon />
                    {text}
                </button>
            }
            .into_any()
        }
        TileFile::Sending { percent, .. } => {
            view! { <span class="num">{w.percent(&percent.to_string())}</span> }.into_any()
        }
        TileFile::Refused { error, .. } => {
            let text = describe(words, &error).text;
            view! {
                <span class="media-refused" role="alert" title=text.clone()>
                    {text.clone()}
                </span>
            }
            .into_any()
        }
    }
}
