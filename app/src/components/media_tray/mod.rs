//! A post's images: add by picker, drop or paste; progress, description, crop, order, removal.

mod alt_dialog;
mod caption;
mod crop;
mod drag;
mod figure;
mod tile;
mod upload;

pub use crop::Ratio;
pub use tile::{Tile, TileFile, move_tile};

use crate::format;
use crate::state::use_words;
use alt_dialog::AltDialog;
use crop::CropDialog;
use drag::Drag;
use figure::{TileFigure, focus};
use leptos::html;
use leptos::prelude::*;
use model::media::MAX_UPLOAD_BYTES;
use model::{ApiError, Problem};
use std::collections::HashMap;
use ui::{Icon, lucide};
use upload::{Heard, Upload};
use web_sys::FileList;

/// What the picker offers.
const ACCEPTED: &str = "image/jpeg,image/png,image/webp,image/gif";

/// The images of one version of a post and the uploads under way. Copied freely.
#[derive(Clone, Copy)]
pub struct Tray {
    /// Tells it from the others on the page.
    name: &'static str,
    pub tiles: RwSignal<Vec<Tile>>,
    next_key: StoredValue<u32>,
    /// Made with the first upload: the server, whose threads share a page, has none.
    uploads: StoredValue<Option<StoredValue<HashMap<u32, Upload>, LocalStorage>>>,
    /// The tile whose description is being written.
    describing: RwSignal<Option<u32>>,
    /// The tile that is being cropped, and the ratio to begin with.
    cropping: RwSignal<Option<(u32, Option<Ratio>)>>,
    /// The place, from one, of the tile that was moved last.
    moved: RwSignal<Option<usize>>,
}

impl Tray {
    /// With the images a post has already; their keys count from zero. No two trays of a page have the same `name`.
    pub fn new(name: &'static str, tiles: Vec<Tile>) -> Self {
        let next = tiles.iter().map(|tile| tile.key + 1).max().unwrap_or_default();
        Self {
            name,
            tiles: RwSignal::new(tiles),
            next_key: StoredValue::new(next),
            uploads: StoredValue::new(None),
            describing: RwSignal::new(None),
            cropping: RwSignal::new(None),
            moved: RwSignal::new(None),
        }
    }

    /// Whether something is still on its way.
    pub fn is_sending(self) -> bool {
        self.tiles.with(|tiles| tiles.iter().any(|tile| matches!(tile.file, TileFile::Sending { .. })))
    }

    /// Takes the stored images of another tray instead of its own.
    pub fn fill_from(self, other: Self) {
        self.tiles.set(
            other
                .tiles
                .with_untracked(|tiles| tiles.iter().filter(|tile| tile.view().is_some()).cloned().collect()),
        );
        self.next_key.set_value(other.next_key.get_value());
    }

    /// Adds a stored image of another tray at the end.
    pub fn take(self, tile: Tile) {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        self.tiles.update(|tiles| tiles.push(Tile { key, ..tile }));
    }

    /// Sends the images among `files`; the rest is refused with the reason.
    pub fn add(self, files: &FileList) {
        for index in 0..files.length() {
            if let Some(file) = files.get(index) {
                self.add_file(&file);
            }
        }
    }

    fn add_file(self, file: &web_sys::File) {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        let name = file.name();
        #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^52 bytes")]
        let refusal = if !ACCEPTED.split(',').any(|kind| kind == file.type_()) {
            Some(Problem::UnsupportedFile)
        } else if file.size() > MAX_UPLOAD_BYTES as f64 {
            Some(Problem::FileTooLarge { max_bytes: MAX_UPLOAD_BYTES })
        } else {
            None
        };
        let state = match refusal {
            Some(problem) => TileFile::Refused { name, error: ApiError::invalid("file", problem) },
            None => TileFile::Sending { name, percent: 0 },
        };
        let sends = matches!(state, TileFile::Sending { .. });
        self.tiles.update(|tiles| tiles.push(Tile { key, alt: String::new(), crop: None, file: state }));
        if sends {
            let upload = Upload::start(file, Callback::new(move |heard| self.hear(key, heard)));
            match upload {
                Some(upload) => self.uploads().update_value(|uploads| drop(uploads.insert(key, upload))),
                None => self.hear(key, Heard::Done(Err(ApiError::invalid("file", Problem::UploadBroken)))),
            }
        }
    }

    fn uploads(self) -> StoredValue<HashMap<u32, Upload>, LocalStorage> {
        self.uploads.get_value().unwrap_or_else(|| {
            let uploads = StoredValue::new_local(HashMap::new());
            self.uploads.set_value(Some(uploads));
            uploads
        })
    }

    fn hear(self, key: u32, heard: Heard) {
        self.change(key, |tile| match heard {
            Heard::Percent(sent) => {
                if let TileFile::Sending { percent, .. } = &mut tile.file {
                    *percent = sent;
                }
            }
            Heard::Done(Ok(view)) => {
                tile.alt.clone_from(&view.alt);
                tile.file = TileFile::Ready(view);
            }
            Heard::Done(Err(error)) => {
                if let TileFile::Sending { name, .. } = &tile.file {
                    tile.file = TileFile::Refused { name: name.clone(), error };
                }
            }
        });
    }

    fn change(self, key: u32, change: impl FnOnce(&mut Tile)) {
        self.tiles.update(|tiles| {
            if let Some(tile) = tiles.iter_mut().find(|tile| tile.key == key) {
                change(tile);
            }
        });
    }

    /// Moves the tile to a place counted from zero, and says so to people who can't see it.
    fn move_to(self, key: u32, to: usize) {
        self.tiles.update(|tiles| move_tile(tiles, key, to));
        let place = self.tiles.with_untracked(|tiles| tiles.iter().position(|tile| tile.key == key));
        self.moved.set(place.map(|place| place + 1));
    }

    fn remove(self, key: u32) {
        self.uploads().with_value(|uploads| {
            if let Some(upload) = uploads.get(&key) {
                upload.cancel();
            }
        });
        self.tiles.update(|tiles| tiles.retain(|tile| tile.key != key));
    }

    /// Opens the description of the image at this place, counted from zero.
    pub fn describe(self, index: usize) {
        self.describing.set(self.key_at(index));
    }

    /// Opens the crop of the image at this place, with a ratio to begin with.
    pub fn crop(self, index: usize, ratio: Option<Ratio>) {
        self.cropping.set(self.key_at(index).map(|key| (key, ratio)));
    }

    /// Goes to the image at this place.
    pub fn show(self, index: usize) {
        if let Some(key) = self.key_at(index) {
            focus(format!("#{} .media-alt", self.tile_id(key)));
        }
    }

    /// Goes to the button that adds images.
    pub fn show_add(self) {
        focus(format!("#{} .media-add", self.id()));
    }

    fn key_at(self, index: usize) -> Option<u32> {
        self.tiles.with_untracked(|tiles| tiles.get(index).map(|tile| tile.key))
    }

    fn id(self) -> String {
        format!("images-{}", self.name)
    }

    fn tile_id(self, key: u32) -> String {
        format!("image-{}-{key}", self.name)
    }
}

/// The tray with its tiles and a button to add more. Renders what is stored without wasm, with hidden fields for the
/// form around it.
#[component]
pub fn MediaTray(
    tray: Tray,
    /// Its images are fields of the form around it.
    #[prop(optional)]
    in_form: bool,
    /// Keys of the tiles to mark.
    #[prop(into)]
    faulty: Signal<Vec<u32>>,
) -> impl IntoView {
    let words = use_words();
    let w = words.media();
    let told = move || {
        let place = u64::try_from(tray.moved.get()?).ok()?;
        let count = u64::try_from(tray.tiles.with_untracked(Vec::len)).ok()?;
        Some(w.moved(&format::count(words.0, place), &format::count(words.0, count)))
    };
    let picker = NodeRef::<html::Input>::new();
    let drag = Drag::new(tray);
    let picked = move |_| {
        if let Some(input) = picker.get_untracked() {
            if let Some(files) = input.files() {
                tray.add(&files);
            }
            // The same file can be chosen again.
            input.set_value("");
        }
    };
    let keys = move || tray.tiles.with(|tiles| tiles.iter().map(|tile| tile.key).collect::<Vec<_>>());
    view! {
        <ul
            class="media-row"
            id=tray.id()
            on:pointermove=move |event| drag.moved(&event)
            on:pointerup=move |event| drag.up(&event)
            on:pointercancel=move |_| drag.cancel()
            on:touchmove=move |event| {
                if drag.is_lifted() {
                    event.prevent_default();
                }
            }
            on:contextmenu=move |event| {
                // A long press lifts the image instead.
                if drag.is_held() {
                    event.prevent_default();
                }
            }
        >
            <For each=keys key=|key| *key let:key>
                <TileFigure tray key drag in_form faulty />
            </For>
            <li>
                <button
                    class="media-add"
                    type="button"
                    on:click=move |_| {
                        if let Some(input) = picker.get_untracked() {
                            input.click();
                        }
                    }
                >
                    <Icon shape=lucide::IMAGE_PLUS large=true />
                    <span>{w.add()}</span>
                </button>
                <input
                    node_ref=picker
                    type="file"
                    accept=ACCEPTED
                    multiple=true
                    hidden=true
                    aria-label=w.add()
                    on:change=picked
                />
            </li>
        </ul>
        <p class="visually-hidden" role="status">
            {told}
        </p>
        <AltDialog tray />
        <CropDialog tray />
    }
    .into_any()
}
