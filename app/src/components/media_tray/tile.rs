use model::media::MediaView;
use model::post::PostMedia;
use model::text::MediaFacts;
use model::{ApiError, Crop};

/// An image of the tray: ready, on its way, or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Unique in its tray.
    pub key: u32,
    pub alt: String,
    /// The part that the post shows; `None`: all of it.
    pub crop: Option<Crop>,
    pub file: TileFile,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TileFile {
    /// `percent` of the bytes are sent.
    Sending {
        name: String,
        percent: u8,
    },
    Refused {
        name: String,
        error: ApiError,
    },
    Ready(MediaView),
}

impl Tile {
    /// A stored image.
    pub fn ready(key: u32, view: MediaView, alt: String, crop: Option<Crop>) -> Self {
        Self { key, alt, crop, file: TileFile::Ready(view) }
    }

    pub fn view(&self) -> Option<&MediaView> {
        match &self.file {
            TileFile::Ready(view) => Some(view),
            TileFile::Sending { .. } | TileFile::Refused { .. } => None,
        }
    }

    /// As the post refers to it; `None` until it is stored.
    pub fn post_media(&self) -> Option<PostMedia> {
        self.view().map(|view| PostMedia { media: view.id, alt: self.alt.trim().to_owned(), crop: self.crop })
    }

    /// What the platforms' rules ask about it; `None` until it is stored.
    pub fn facts(&self) -> Option<MediaFacts> {
        self.view().map(|view| MediaFacts::of(view, &self.alt, self.crop))
    }
}

/// Moves the tile `key` to the place of the tile `to`, the others closing up.
pub fn move_tile(tiles: &mut Vec<Tile>, key: u32, to: usize) {
    let Some(from) = tiles.iter().position(|tile| tile.key == key) else { return };
    let tile = tiles.remove(from);
    tiles.insert(to.min(tiles.len()), tile);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiles() -> Vec<Tile> {
        (1..=3)
            .map(|key| Tile {
                key,
                alt: String::new(),
                crop: None,
                file: TileFile::Sending { name: key.to_string(), percent: 0 },
            })
            .collect()
    }

    fn order(tiles: &[Tile]) -> Vec<u32> {
        tiles.iter().map(|tile| tile.key).collect()
    }

    #[test]
    fn a_tile_takes_another_place() {
        let mut list = tiles();
        move_tile(&mut list, 1, 2);
        assert_eq!(order(&list), [2, 3, 1]);
        move_tile(&mut list, 1, 0);
        assert_eq!(order(&list), [1, 2, 3]);
        move_tile(&mut list, 3, 9);
        move_tile(&mut list, 7, 0);
        assert_eq!(order(&list), [1, 2, 3]);
    }

    #[test]
    fn only_stored_images_belong_to_the_post() {
        assert_eq!(tiles().iter().filter_map(Tile::post_media).count(), 0);
    }
}
