use super::area::{Area, Ratio};
use super::stage::Stage;
use crate::components::media_tray::{Tile, Tray, focus};
use crate::format;
use crate::state::use_words;
use crate::words::Words;
use leptos::prelude::*;
use model::Crop;
use model::media::MediaView;
use ui::{Button, ButtonKind, Dialog};

/// Chooses the part of an image that the post shows.
#[component]
pub(in super::super) fn CropDialog(tray: Tray) -> impl IntoView {
    let words = use_words();
    let w = words.media();
    let open = RwSignal::new(false);
    let ratio = RwSignal::new(Ratio::default());
    let area = RwSignal::new(Area::whole((1, 1)));
    // Kept while the dialog closes, so that it doesn't empty first.
    let shown = RwSignal::new(None::<Tile>);
    Effect::new(move || {
        let Some((key, wanted)) = tray.cropping.get() else { return };
        let tile = tray.tiles.with_untracked(|tiles| tiles.iter().find(|tile| tile.key == key).cloned());
        let Some(size) = tile.as_ref().and_then(Tile::view).map(MediaView::pixels) else { return };
        let part = tile.as_ref().and_then(|tile| tile.crop).map(|crop| crop.pixels(size.0, size.1));
        let now = part.map_or_else(|| Area::whole(size), |part| Area::of(part, size));
        let kept = wanted.or_else(|| part.map(Ratio::of)).unwrap_or_default();
        ratio.set(kept);
        area.set(if wanted.is_some() { now.in_ratio(kept) } else { now });
        shown.set(tile);
        open.set(true);
        focus(".dialog[open] .crop-frame".to_owned());
    });
    Effect::new(move || {
        if !open.get() {
            tray.cropping.set(None);
        }
    });
    let keep = move |crop: Option<Crop>| {
        if let Some(tile) = shown.get_untracked() {
            tray.change(tile.key, |tile| tile.crop = crop);
        }
        open.set(false);
    };
    let size = move || shown.with(|tile| tile.as_ref().and_then(Tile::view).map(MediaView::pixels));
    let rect = move || area.get().rect(ratio.get());
    let apply = move |_| keep(size().and_then(|(width, height)| Crop::of_pixels(rect(), width, height)));
    let told = move || {
        let rect = rect();
        let number = |side: u32| format::count(words.0, u64::from(side));
        w.pixels(&number(rect.width), &number(rect.height))
    };
    let ratios = Ratio::ALL.map(|one| {
        let choose = move |_| {
            ratio.set(one);
            area.update(|area| *area = area.in_ratio(one));
        };
        view! {
            <button
                type="button"
                aria-pressed=move || if ratio.get() == one { "true" } else { "false" }
                on:click=choose
            >
                {name(words, one)}
            </button>
        }
    });
    view! {
        <Dialog
            id=format!("crop-{}", tray.name)
            open
            wide=true
            title=w.crop_title()
            close_label=words.common().close()
        >
            {move || {
                shown
                    .get()
                    .and_then(|tile| {
                        let view = tile.view()?;
                        let explained = format!("crop-keys-{}", tray.name);
                        Some(view! { <Stage src=view.preview.clone() size=view.pixels() area ratio explained /> })
                    })
            }}
            <div class="row wrap crop-choice">
                <div class="segmented" role="group" aria-label=w.ratio()>
                    {ratios.collect_view()}
                </div>
                <span class="muted small num push" role="status">
                    {told}
                </span>
            </div>
            <p class="faint small" id=format!("crop-keys-{}", tray.name)>
                {w.crop_keys()}
            </p>
            <div class="dialog-foot">
                <Button kind=ButtonKind::Quiet on_press=move |_| keep(None)>
                    {w.whole_image()}
                </Button>
                <span class="push"></span>
                <Button on_press=move |_| open.set(false)>{words.common().cancel()}</Button>
                <Button kind=ButtonKind::Primary on_press=apply>
                    {w.crop_act()}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}

fn name(words: Words, ratio: Ratio) -> &'static str {
    let w = words.media();
    match ratio {
        Ratio::Free => w.ratio_free(),
        Ratio::Square => w.ratio_square(),
        Ratio::Portrait => w.ratio_portrait(),
        Ratio::Landscape => w.ratio_landscape(),
        Ratio::Wide => w.ratio_wide(),
    }
}
