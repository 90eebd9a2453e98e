use super::Tray;
use super::caption::{caption, picture};
use super::drag::Drag;
use crate::format;
use crate::state::use_words;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use ui::{ButtonKind, IconButton, lucide};

/// One tile. The picture, its place in the order and what can be done about it.
#[component]
pub(super) fn TileFigure(
    tray: Tray,
    key: u32,
    drag: Drag,
    /// It is a field of the form around it.
    in_form: bool,
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
        focus_act(tray, key, act);
    };
    let fault = move || faulty.with(|keys| keys.contains(&key)).then_some("true");
    view! {
        <li
            class="media-item"
            id=tray.tile_id(key)
            data-key=key
            class:is-uploading=move || tile.with(|t| t.as_ref().is_some_and(|t| t.view().is_none()))
            class:is-dragged=move || drag.lifted.get() == Some(key)
            class:is-below=move || drag.below.get() == Some(key)
            class:is-alone=move || count.get() == 1
            data-fault=fault
            on:pointerdown=move |event| drag.down(&event, key)
            // Pictures have a dragging of their own.
            on:dragstart=move |event| event.prevent_default()
        >
            <figure>
                {move || tile.get().map(|tile| picture(words, tile))} <span class="order">{number}</span>
                <figcaption>{move || tile.get().map(|tile| caption(words, tray, tile))}</figcaption>
            </figure>
            {move || {
                let hidden = tile.get()?.post_media().filter(|_| in_form)?;
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
                <IconButton
                    icon=lucide::CROP
                    label=Signal::derive(move || w.crop(&number()))
                    kind=ButtonKind::Quiet
                    small=true
                    on_press=move |_| tray.crop(place.get_untracked(), None)
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
fn focus_act(tray: Tray, key: u32, act: usize) {
    focus(format!("#{} .media-acts > :nth-child({act})", tray.tile_id(key)));
}

/// After a tile is gone: to the one that took its place, the last, or the button that adds.
fn focus_after_removal(tray: Tray, place: usize) {
    let next = tray.tiles.with_untracked(|tiles| tiles.get(place).or(tiles.last()).map(|tile| tile.key));
    match next {
        Some(key) => focus_act(tray, key, REMOVE),
        None => tray.show_add(),
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
