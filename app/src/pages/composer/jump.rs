//! From a point of the list to where it is settled.

use super::draft::Draft;
use super::points::Place;
use super::version::Tab;
use crate::components::media_tray::{Ratio, Tile};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::Platform;
use model::text::Limits;

/// Takes the person there, to the version of the post too.
pub(super) fn go(draft: Draft, place: Place) {
    let turned = place.tab().is_some_and(|tab| draft.shown.get_untracked() != tab);
    if let Some(tab) = place.tab() {
        draft.shown.set(tab);
    }
    if turned {
        // What is hidden can't take the focus.
        request_animation_frame(move || arrive(draft, place));
    } else {
        arrive(draft, place);
    }
}

fn arrive(draft: Draft, place: Place) {
    let index = |index: u32| usize::try_from(index).unwrap_or_default();
    match place {
        Place::Accounts => focus("#composer .account-chip input"),
        Place::Text(tab, start) => select(draft, tab, start),
        Place::Images(tab) => draft.version(tab).tray.show_add(),
        Place::Alt(tab, image) => draft.version(tab).tray.describe(index(image)),
        Place::Ratio(tab, image, _) => draft.version(tab).tray.show(index(image)),
    }
}

/// Opens the crop of an image to which a platform would add bars, with the nearest ratio that it takes.
pub(super) fn crop(draft: Draft, tab: Tab, image: u32, platform: Platform) {
    draft.shown.set(tab);
    let image = usize::try_from(image).unwrap_or_default();
    let tray = draft.version(tab).tray;
    let facts = tray.tiles.with_untracked(|tiles| tiles.get(image).and_then(Tile::facts));
    let too_tall = facts
        .zip(Limits::of(platform).ratio)
        .is_some_and(|(facts, range)| range.is_too_tall(facts.width, facts.height));
    tray.crop(image, Some(if too_tall { Ratio::Portrait } else { Ratio::Landscape }));
}

fn focus(selector: &str) {
    if let Ok(Some(found)) = document().query_selector(selector)
        && let Ok(found) = found.dyn_into::<web_sys::HtmlElement>()
    {
        // Fails only for what can't take the focus.
        drop(found.focus());
    }
}

/// Marks the text from this byte on.
fn select(draft: Draft, tab: Tab, start: usize) {
    let Some(area) = document()
        .get_element_by_id(&tab.text_id())
        .and_then(|area| area.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
    else {
        return;
    };
    // Fails only for what can't take the focus.
    drop(area.focus());
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let text = draft.version(tab).text;
    let (from, to) = text.with_untracked(|text| (units(text.get(..start).unwrap_or(text)), units(text)));
    // Fails only for fields without a selection.
    drop(area.set_selection_range(from, to));
}
