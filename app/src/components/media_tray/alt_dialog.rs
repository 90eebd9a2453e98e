use super::Tray;
use super::figure::focus;
use crate::components::ImagePart;
use crate::server_fns::media::SetAlt;
use crate::state::use_words;
use leptos::html;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Dialog, TextArea};

/// Describes one image for people who can't see it.
#[component]
pub(super) fn AltDialog(tray: Tray) -> impl IntoView {
    let words = use_words();
    let w = words.media();
    let open = RwSignal::new(false);
    let area = NodeRef::<html::Textarea>::new();
    let keep = ServerAction::<SetAlt>::new();
    let image = move || {
        let key = tray.describing.get()?;
        tray.tiles.with(|tiles| tiles.iter().find(|tile| tile.key == key).cloned())
    };
    Effect::new(move || {
        // Only another choice opens it: the tiles change for other reasons too.
        if tray.describing.get().is_some()
            && let Some(tile) = untrack(image)
        {
            if let Some(area) = area.get_untracked() {
                area.set_value(&tile.alt);
            }
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            tray.describing.set(None);
        }
    });
    let done = move |_| {
        if let (Some(tile), Some(area)) = (untrack(image), area.get_untracked()) {
            let alt = area.value().trim().to_owned();
            tray.change(tile.key, |tile| tile.alt.clone_from(&alt));
            if let Some(view) = tile.view() {
                keep.dispatch(SetAlt { media: view.id, alt });
            }
            // The button that opened the dialog is drawn anew with the text.
            focus(format!("#{} .media-alt", tray.tile_id(tile.key)));
        }
        open.set(false);
    };
    view! {
        <Dialog id=format!("alt-{}", tray.name) open title=w.alt_title() close_label=words.common().close()>
            {move || {
                image()
                    .and_then(|tile| {
                        let view = tile.view()?;
                        let (src, size) = (view.preview.clone(), view.pixels());
                        Some(view! { <ImagePart src alt=tile.alt size crop=tile.crop class="alt-image" /> })
                    })
            }}
            <TextArea label=w.alt_label() name=format!("alt-text-{}", tray.name) hint=w.alt_hint() rows=4 node_ref=area />
            <div class="dialog-foot">
                <Button on_press=move |_| open.set(false)>{words.common().cancel()}</Button>
                <Button kind=ButtonKind::Primary on_press=done>
                    {words.common().save()}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
