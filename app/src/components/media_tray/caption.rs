use super::Tray;
use super::tile::{Tile, TileFile};
use crate::components::ImagePart;
use crate::words::{Words, describe};
use leptos::prelude::*;
use ui::{Icon, lucide};

/// The picture, the progress of its upload, or that it was refused.
pub(super) fn picture(words: Words, tile: Tile) -> AnyView {
    match tile.file {
        TileFile::Ready(view) => {
            // A part of the small rendition would be too coarse.
            let src = if tile.crop.is_some() { view.preview.clone() } else { view.thumbnail.clone() };
            view! { <ImagePart src alt=tile.alt size=view.pixels() crop=tile.crop cover=true /> }.into_any()
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

/// What is said below the picture.
pub(super) fn caption(words: Words, tray: Tray, tile: Tile) -> AnyView {
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
