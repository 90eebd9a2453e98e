use super::draft::Draft;
use super::editor::Editor;
use super::version::Tab;
use crate::components::ImagePart;
use crate::components::media_tray::{MediaTray, Tile, TileFile, Tray};
use crate::format;
use crate::state::use_words;
use leptos::prelude::*;
use model::Platform;
use ui::{Button, ButtonKind, Dialog, lucide};

/// The text and the images of one tab.
#[component]
pub(super) fn Panel(draft: Draft, tab: Tab) -> impl IntoView {
    let w = use_words().composer();
    let heading = format!("images-{}-title", tab.key());
    let images = match tab {
        Tab::All => view! { <Images tray=draft.common.tray in_form=true /> }.into_any(),
        Tab::Own(platform) => view! { <OwnImages draft platform /> }.into_any(),
    };
    view! {
        <div
            class="version"
            role="tabpanel"
            id=tab.panel()
            aria-labelledby=format!("{}-tab", tab.panel())
            hidden=move || draft.shown.get() != tab
        >
            {match tab {
                Tab::All => None,
                Tab::Own(platform) => Some(view! { <OwnHead draft platform /> }),
            }}
            <Editor draft tab />
            <section class="stack" aria-labelledby=heading.clone()>
                <div class="row wrap">
                    <h3 id=heading.clone()>{w.images()}</h3>
                    <span class="faint small">{w.images_hint()}</span>
                </div>
                {images}
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Images(tray: Tray, #[prop(optional)] in_form: bool) -> impl IntoView {
    let faulty = Signal::derive(move || {
        let undescribed =
            |tile: &&Tile| matches!(tile.file, TileFile::Ready(_)) && tile.alt.trim().is_empty();
        tray.tiles.with(|tiles| tiles.iter().filter(undescribed).map(|tile| tile.key).collect::<Vec<_>>())
    });
    view! { <MediaTray tray in_form faulty /> }
}

/// Whose version it is, and the way back to what all get.
#[component]
fn OwnHead(draft: Draft, platform: Platform) -> impl IntoView {
    let words = use_words();
    let w = words.composer();
    let asking = RwSignal::new(false);
    let remove = move |_| {
        if draft.differs(platform) {
            asking.set(true);
        } else {
            draft.remove_own(platform);
        }
    };
    view! {
        <div class="row wrap">
            <span class="muted small">{w.only_for(platform.name())}</span>
            <span class="push"></span>
            <Button kind=ButtonKind::Quiet small=true icon=lucide::UNDO_2 on_press=remove>
                {w.use_common()}
            </Button>
        </div>
        <Dialog
            id=format!("remove-{}", platform.key())
            open=asking
            title=w.remove_own_title(platform.name())
            close_label=words.common().close()
        >
            <p>{w.remove_own_text()}</p>
            <div class="dialog-foot">
                <Button on_press=move |_| asking.set(false)>{words.common().cancel()}</Button>
                <Button
                    kind=ButtonKind::Danger
                    on_press=move |_| {
                        asking.set(false);
                        draft.remove_own(platform);
                    }
                >
                    {w.use_common()}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The images for all, or a choice of the platform's own.
#[component]
fn OwnImages(draft: Draft, platform: Platform) -> impl IntoView {
    let words = use_words();
    let w = words.composer();
    let own = draft.own(platform);
    let count = move || u64::try_from(draft.common.tray.tiles.with(Vec::len)).unwrap_or_default();
    let left_out = Memo::new(move |_| {
        let own = own.version.media();
        let is_there =
            |tile: &Tile| tile.view().is_some_and(|view| own.iter().any(|item| item.media == view.id));
        draft.common.tray.tiles.with(|tiles| {
            (1_u64..)
                .zip(tiles)
                .filter(|(_, tile)| tile.view().is_some() && !is_there(tile))
                .map(|(n, t)| (n, t.clone()))
                .collect::<Vec<_>>()
        })
    });
    let add_back = move |(number, tile): (u64, Tile)| {
        let view = tile.view()?;
        let (src, size, crop) = (view.thumbnail.clone(), view.pixels(), tile.crop);
        let label = w.add_image(&format::count(words.0, number));
        Some(view! {
            <li>
                <button
                    class="left-out"
                    type="button"
                    aria-label=label.clone()
                    title=label
                    on:click=move |_| own.version.tray.take(tile.clone())
                >
                    <ImagePart src alt=String::new() size crop cover=true />
                </button>
            </li>
        })
    };
    move || {
        if !own.images.get() {
            return view! {
                <div class="row wrap">
                    <span class="muted small">{move || w.same_images(count())}</span>
                    <Button small=true icon=lucide::IMAGE_PLUS on_press=move |_| draft.choose_images(platform)>
                        {w.choose_images()}
                    </Button>
                </div>
            }
            .into_any();
        }
        view! {
            <Images tray=own.version.tray />
            <div class="row wrap">
                <span class="faint small" hidden=move || left_out.with(Vec::is_empty)>
                    {w.left_out()}
                </span>
                <ul class="row">{move || left_out.get().into_iter().map(add_back).collect_view()}</ul>
                <span class="push"></span>
                <Button kind=ButtonKind::Quiet small=true on_press=move |_| own.images.set(false)>
                    {w.common_images()}
                </Button>
            </div>
        }
        .into_any()
    }
}
