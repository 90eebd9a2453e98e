use super::Tray;
use super::tile::{Tile, TileFile, move_tile};
use crate::format;
use crate::state::use_words;
use crate::words::{Words, describe};
use leptos::ev::DragEvent;
use leptos::prelude::*;
use model::media::MediaView;
use ui::{ButtonKind, Icon, IconButton, lucide};

/// One tile. The picture, its place in the order and what can be done about it.
#[component]
pub(super) fn TileFigure(
    tray: Tray,
    key: u32,
    /// The tile being dragged.
    dragged: RwSignal<Option<u32>>,
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
    let go = move |to: usize| tray.tiles.update(|tiles| move_tile(tiles, key, to));
    let drop_here = move |event: DragEvent| {
        if let Some(other) = dragged.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            let to = place.get_untracked();
            tray.tiles.update(|tiles| move_tile(tiles, other, to));
            dragged.set(None);
        }
    };
    let over_here = move |event: DragEvent| {
        if dragged.get_untracked().is_some() {
            event.prevent_default();
        }
    };
    let fault = move || faulty.with(|keys| keys.contains(&key)).then_some("true");
    view! {
        <li
            class="media-item"
            class:is-uploading=move || tile.with(|t| t.as_ref().is_some_and(|t| t.view().is_none()))
            class:is-dragged=move || dragged.get() == Some(key)
            data-fault=fault
            draggable="true"
            on:dragstart=move |_| dragged.set(Some(key))
            on:dragend=move |_| dragged.set(None)
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
                    disabled=Signal::derive(move || place.get() == 0)
                    on_press=move |_| go(place.get_untracked().saturating_sub(1))
                />
                <IconButton
                    icon=lucide::CHEVRON_RIGHT
                    label=Signal::derive(move || w.later(&number()))
                    kind=ButtonKind::Quiet
                    small=true
                    disabled=Signal::derive(move || place.get() + 1 >= count.get())
                    on_press=move |_| go(place.get_untracked() + 1)
                />
                <IconButton
                    icon=lucide::X
                    label=Signal::derive(move || w.remove(&number()))
                    kind=ButtonKind::Quiet
                    small=true
                    on_press=move |_| tray.remove(key)
                />
            </div>
        </li>
    }
    .into_any()
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
