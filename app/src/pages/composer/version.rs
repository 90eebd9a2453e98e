//! What is written once for all platforms, and what one of them gets instead.

use crate::components::media_tray::{Tile, Tray};
use leptos::prelude::*;
use model::Platform;
use model::media::MediaView;
use model::post::{PostMedia, Variant};

/// Which version of the post is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Tab {
    All,
    Own(Platform),
}

impl Tab {
    /// Tells it from the others in ids.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Own(platform) => platform.key(),
        }
    }

    pub(super) fn panel(self) -> String {
        format!("version-{}", self.key())
    }

    /// The id of its text field.
    pub(super) fn text_id(self) -> String {
        format!("text-{}", self.key())
    }
}

/// A text and images. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Version {
    pub(super) text: RwSignal<String>,
    pub(super) tray: Tray,
}

impl Version {
    pub(super) fn new(name: &'static str, text: String, media: &[PostMedia], views: &[MediaView]) -> Self {
        let tiles = (0..)
            .zip(media)
            .filter_map(|(key, item)| {
                let view = views.iter().find(|view| view.id == item.media)?;
                Some(Tile::ready(key, view.clone(), item.alt.clone(), item.crop))
            })
            .collect();
        Self { text: RwSignal::new(text), tray: Tray::new(name, tiles) }
    }

    /// Without the images on their way.
    pub(super) fn media(self) -> Vec<PostMedia> {
        self.tray.tiles.with(|tiles| tiles.iter().filter_map(Tile::post_media).collect())
    }
}

/// What one platform gets instead of what all get. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Own {
    pub(super) platform: Platform,
    /// It gets its own text.
    pub(super) on: RwSignal<bool>,
    pub(super) version: Version,
    /// It gets its own images, too.
    pub(super) images: RwSignal<bool>,
}

impl Own {
    pub(super) fn new(platform: Platform, variants: &[Variant], views: &[MediaView]) -> Self {
        let variant = Variant::of(variants, platform);
        let text = variant.map(|variant| variant.text.clone()).unwrap_or_default();
        let media = variant.and_then(|variant| variant.media.as_deref());
        Self {
            platform,
            on: RwSignal::new(variant.is_some()),
            version: Version::new(platform.key(), text, media.unwrap_or_default(), views),
            images: RwSignal::new(media.is_some()),
        }
    }

    pub(super) fn has_images(self) -> bool {
        self.on.get() && self.images.get()
    }

    pub(super) fn images_differ(self, common: Version) -> bool {
        self.has_images() && self.version.media() != common.media()
    }

    pub(super) fn variant(self) -> Option<Variant> {
        self.on.get().then(|| Variant {
            platform: self.platform,
            text: self.version.text.get(),
            media: self.images.get().then(|| self.version.media()),
        })
    }
}
