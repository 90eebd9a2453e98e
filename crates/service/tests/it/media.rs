//! Images: taking uploads in, what is made of them, and who may see them, on both databases.

mod attaching;
mod bombs;
mod cropping;

use crate::people;
use bytes::Bytes;
use chrono::TimeDelta;
use image::ImageEncoder as _;
use image::{DynamicImage, ImageFormat as Codec, Rgb, RgbImage, Rgba, RgbaImage};
use model::media::{ImageFormat, MAX_PIXELS, MediaView};
use model::post::{PostInput, PostMedia, SavePost};
use model::services::{MediaService as _, PostService as _};
use model::text::RenditionSpec;
use model::{Actor, ApiError, Conflict, MediaId, Platform, Problem, Role};
use service::Context;
use service::media::{
    MediaLibrary, MediaStore, ScreenSize, StoreError, open_rendition, rendition, rendition_for, signed_path,
    verify_signed,
};
use service::posts::Posts;
use std::io::Cursor;
use storage::persons::Person;
use storage::workspaces::Workspace;
use storage::{new_id, persons, workspaces};
use testing::{TestDb, each_engine};

struct Shelf {
    context: Context,
    library: MediaLibrary,
    editor: Actor,
}

impl Shelf {
    async fn new(test: &TestDb, name: &str) -> Self {
        let context = people::context(test);
        let now = context.db.clock().now();
        let person = Person {
            id: new_id(now),
            name: name.to_owned(),
            email: format!("{name}@example.com"),
            password_hash: String::new(),
            created_at: now,
        };
        let workspace = Workspace {
            id: new_id(now),
            name: name.to_owned(),
            zone: "Europe/Paris".to_owned(),
            lateness_window_min: 60,
            created_at: now,
        };
        let mut tx = context.db.begin().await.unwrap();
        persons::insert(&mut tx, &person).await.unwrap();
        workspaces::insert(&mut tx, &workspace).await.unwrap();
        tx.commit().await.unwrap();
        let editor = Actor { user: person.id, workspace: workspace.id, role: Role::Editor };
        Self { library: MediaLibrary::new(context.clone()), context, editor }
    }

    async fn add(&self, name: &str, bytes: &[u8]) -> Result<MediaView, ApiError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        self.library.add(self.editor, name.to_owned(), file.path()).await
    }

    async fn opened(&self, media: MediaId, size: ScreenSize) -> (String, DynamicImage) {
        let (mime, bytes) = open_rendition(&self.context, self.editor, media, size).await.unwrap();
        (mime, image::load_from_memory(&bytes).unwrap())
    }

    async fn made(&self, media: MediaId, platform: Platform) -> (storage::media::RenditionRow, Bytes) {
        let row = rendition_for(&self.context, self.editor.workspace, &whole(media), platform).await.unwrap();
        let bytes = self.context.media.get(&row.store_key).await.unwrap();
        assert_eq!(usize::try_from(row.bytes).unwrap(), bytes.len());
        (row, bytes)
    }
}

fn whole(media: MediaId) -> PostMedia {
    PostMedia { media, alt: String::new(), crop: None }
}

fn encoded(image: &DynamicImage, codec: Codec) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, codec).unwrap();
    bytes.into_inner()
}

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }
    }))
}

/// Noise, which no encoder makes small.
fn noise(width: u32, height: u32) -> DynamicImage {
    let mut state = 1_u32;
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        Rgb([a, b, c])
    }))
}

/// A JPEG as a camera held upright writes it: turned by 90° clockwise when shown, with a place in its EXIF.
fn camera_jpeg(width: u32, height: u32) -> Vec<u8> {
    let jpeg = encoded(&halves(width, height), Codec::Jpeg);
    // TIFF, little-endian: one entry, orientation (0x0112, SHORT) = 6; then words that stand for a place.
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(b"GPS 48.8584 N 2.2945 E");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn problem<T: std::fmt::Debug>(result: Result<T, ApiError>) -> Problem {
    match result {
        Err(ApiError::Invalid { mut problems }) if problems.len() == 1 => problems.remove(0).problem,
        other => panic!("{other:?}"),
    }
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

#[tokio::test]
async fn an_upload_is_looked_at_and_shown_small() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let view = shelf
            .add("C:\\photos\\Sea\u{7} view.png", &encoded(&halves(1_600, 800), Codec::Png))
            .await
            .unwrap();
        assert_eq!((view.name.as_str(), view.format), ("Sea view.png", ImageFormat::Png));
        assert_eq!((view.width, view.height, view.alt.as_str()), (1_600, 800, ""));
        assert_eq!(view.thumbnail, format!("/api/media/{}/thumb", view.id));
        assert_eq!(view.preview, format!("/api/media/{}/preview", view.id));
        let (mime, thumb) = shelf.opened(view.id, ScreenSize::Thumb).await;
        assert_eq!((mime.as_str(), thumb.width(), thumb.height()), ("image/jpeg", 320, 160));
        let (_, preview) = shelf.opened(view.id, ScreenSize::Preview).await;
        assert_eq!((preview.width(), preview.height()), (1_200, 600));
        let small = shelf.add("dot.gif", &encoded(&halves(10, 6), Codec::Gif)).await.unwrap();
        let (_, thumb) = shelf.opened(small.id, ScreenSize::Thumb).await;
        assert_eq!(
            (small.format, thumb.width(), thumb.height()),
            (ImageFormat::Gif, 10, 6),
            "never enlarged"
        );

        shelf.library.set_alt(shelf.editor, view.id, "La mer".to_owned()).await.unwrap();
        assert_eq!(shelf.library.get(shelf.editor, view.id).await.unwrap().alt, "La mer");
    })
    .await;
}

#[tokio::test]
async fn orientation_is_applied_and_the_place_left_behind() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let jpeg = camera_jpeg(800, 400);
        assert!(holds(&jpeg, b"GPS"));
        let view = shelf.add("camera.jpg", &jpeg).await.unwrap();
        assert_eq!((view.width, view.height), (400, 800), "upright");
        for platform in [Platform::Bluesky, Platform::X] {
            let (row, bytes) = shelf.made(view.id, platform).await;
            assert!(!holds(&bytes, b"GPS") && !holds(&bytes, b"Exif"), "{platform}");
            assert_eq!((row.width, row.height), (400, 800));
            let shown = image::load_from_memory(&bytes).unwrap().into_rgb8();
            let (top, bottom) = (shown.get_pixel(200, 100), shown.get_pixel(200, 700));
            assert!(top.0[0] > 150 && bottom.0[2] > 150, "the left side is on top: {top:?} {bottom:?}");
        }
        for size in [ScreenSize::Thumb, ScreenSize::Preview] {
            let (_, bytes) = open_rendition(&shelf.context, shelf.editor, view.id, size).await.unwrap();
            assert!(!holds(&bytes, b"GPS"), "{size:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn lies_damage_and_bombs_are_refused() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let jpeg = encoded(&halves(64, 48), Codec::Jpeg);
        let png = encoded(&noise(64, 48), Codec::Png);
        let lying = shelf.add("photo.png", &jpeg).await.unwrap();
        assert_eq!(lying.format, ImageFormat::Jpeg, "the bytes count, not the name");

        for bytes in [b"<svg onload=\"alert(1)\"/>".as_slice(), b"%PDF-1.7", b"MZ\x90\0", b"x"] {
            assert_eq!(problem(shelf.add("photo.jpg", bytes).await), Problem::UnsupportedFile);
        }
        for bytes in
            [&jpeg[..jpeg.len() / 2], &jpeg[..20], &png[..png.len() / 2], &png[..16], b"\x89PNG\r\n\x1a\n"]
        {
            assert_eq!(
                problem(shelf.add("photo", bytes).await),
                Problem::DamagedFile,
                "{} bytes",
                bytes.len()
            );
        }
        assert_eq!(problem(shelf.add("empty", b"").await), Problem::DamagedFile);
        let mut changed = png.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 0xff;
        assert_eq!(
            problem(shelf.add("photo", &changed).await),
            Problem::DamagedFile,
            "its checksum is wrong"
        );

        // A profile of 20 MB, packed into some kilobytes, is left behind: it would go into every file we make.
        let header = [&[0; 16][..], b"RGB ", &[0; 108]].concat();
        let mut packed = Cursor::new(Vec::new());
        let mut encoder = image::codecs::png::PngEncoder::new(&mut packed);
        encoder.set_icc_profile([header, vec![0; 20_000_000]].concat()).unwrap();
        halves(8, 8).write_with_encoder(encoder).unwrap();
        assert!(packed.get_ref().len() < 100_000, "{}", packed.get_ref().len());
        let profiled = shelf.add("profile.png", packed.get_ref()).await.unwrap();
        let (_, thumb) =
            open_rendition(&shelf.context, shelf.editor, profiled.id, ScreenSize::Thumb).await.unwrap();
        assert!(thumb.len() < 10_000, "{}", thumb.len());
        shelf.library.delete(shelf.editor, profiled.id).await.unwrap();

        let film = [jpeg.as_slice(), b"ftypmp42 a short film \xff\xda"].concat();
        assert!(shelf.add("motion.jpg", &film).await.is_ok(), "what comes after the picture is no matter");
        let page = shelf.library.list(shelf.editor, None).await.unwrap();
        assert_eq!(page.items.len(), 2, "nothing is kept of what was refused");
    })
    .await;
}

#[tokio::test]
async fn a_platform_gets_what_it_accepts_made_once() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let tall = shelf.add("tall.png", &encoded(&halves(300, 900), Codec::Png)).await.unwrap();
        let (row, bytes) = shelf.made(tall.id, Platform::Instagram).await;
        assert_eq!((row.mime.as_str(), row.width, row.height), ("image/jpeg", 720, 900));
        let shown = image::load_from_memory(&bytes).unwrap().into_rgb8();
        assert_eq!(shown.dimensions(), (720, 900));
        assert!(shown.get_pixel(5, 450).0.iter().all(|channel| *channel > 245), "white at the sides");
        assert!(shown.get_pixel(300, 450).0[0] > 150, "the picture in the middle");
        let (again, _) = shelf.made(tall.id, Platform::Instagram).await;
        assert_eq!(again, row);

        let (kept, _) = shelf.made(tall.id, Platform::Bluesky).await;
        assert_eq!((kept.mime.as_str(), kept.width, kept.height), ("image/png", 300, 900));

        let glass = DynamicImage::ImageRgba8(RgbaImage::from_pixel(400, 400, Rgba([0, 0, 0, 0])));
        let glass = shelf.add("glass.png", &encoded(&glass, Codec::Png)).await.unwrap();
        let (_, bytes) = shelf.made(glass.id, Platform::Instagram).await;
        let shown = image::load_from_memory(&bytes).unwrap().into_rgb8();
        assert!(
            shown.get_pixel(200, 200).0.iter().all(|channel| *channel > 250),
            "transparent is white, not black"
        );
        let (mime, _) = shelf.opened(glass.id, ScreenSize::Thumb).await;
        assert_eq!(mime, "image/png");
    })
    .await;
}

#[tokio::test]
async fn quality_then_size_go_down_until_it_fits() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let noisy = shelf.add("noise.png", &encoded(&noise(400, 300), Codec::Png)).await.unwrap();
        let spec = |format, max_bytes| RenditionSpec {
            format,
            width: 400,
            height: 300,
            max_bytes,
            pad_to: None,
            cut: None,
        };
        let made = async |spec: RenditionSpec| {
            rendition(&shelf.context, shelf.editor.workspace, noisy.id, &spec).await.unwrap()
        };
        let roomy = made(spec(ImageFormat::Jpeg, 1_000_000)).await;
        let tight = made(spec(ImageFormat::Jpeg, roomy.bytes.unsigned_abs() * 2 / 3)).await;
        assert!(tight.bytes <= roomy.bytes * 2 / 3);
        assert_eq!((tight.width, tight.height), (400, 300), "quality is enough");
        let tiny = made(spec(ImageFormat::Jpeg, 6_000)).await;
        assert!(tiny.bytes <= 6_000 && tiny.width < 400, "{tiny:?}");
        let as_jpeg = made(spec(ImageFormat::Png, 150_000)).await;
        assert_eq!(as_jpeg.mime, "image/jpeg", "a PNG that is too large");
        let impossible =
            rendition(&shelf.context, shelf.editor.workspace, noisy.id, &spec(ImageFormat::Jpeg, 10)).await;
        assert!(impossible.is_err());
    })
    .await;
}

#[tokio::test]
async fn another_workspace_and_a_viewer_are_refused() {
    each_engine(async |test| {
        let (shelf, other) = (Shelf::new(&test, "ana").await, Shelf::new(&test, "bo").await);
        // One store for both, as in a server.
        let library = MediaLibrary::new(shelf.context.clone());
        let view = shelf.add("a.png", &encoded(&halves(40, 30), Codec::Png)).await.unwrap();
        let they = other.editor;
        assert_eq!(library.get(they, view.id).await, Err(ApiError::NotFound));
        assert_eq!(library.set_alt(they, view.id, "x".to_owned()).await, Err(ApiError::NotFound));
        assert_eq!(library.delete(they, view.id).await, Err(ApiError::NotFound));
        assert!(library.list(they, None).await.unwrap().items.is_empty());
        let opened = open_rendition(&shelf.context, they, view.id, ScreenSize::Thumb).await;
        assert_eq!(opened, Err(ApiError::NotFound));
        assert!(rendition_for(&shelf.context, they.workspace, &whole(view.id), Platform::X).await.is_err());

        let viewer = Actor { role: Role::Viewer, ..shelf.editor };
        let forbidden = Err(ApiError::Forbidden { needs: Role::Editor });
        assert_eq!(library.get(viewer, view.id).await.unwrap(), view);
        assert_eq!(library.set_alt(viewer, view.id, "x".to_owned()).await, forbidden);
        assert_eq!(library.delete(viewer, view.id).await, forbidden);
        let added = library.add(viewer, "a".to_owned(), std::path::Path::new("/nowhere")).await;
        assert_eq!(added.map(drop), forbidden);
    })
    .await;
}

#[tokio::test]
async fn a_signed_address_leads_to_the_rendition() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let view = shelf.add("a.png", &encoded(&halves(400, 300), Codec::Png)).await.unwrap();
        let (row, bytes) = shelf.made(view.id, Platform::Instagram).await;
        let now = test.db.clock().now();
        let until = now + TimeDelta::hours(1);
        let path = signed_path(&shelf.context.keys, shelf.editor.workspace, &row.store_key, &row.mime, until);
        let signed = verify_signed(&shelf.context.keys, path.strip_prefix("/media/").unwrap(), now).unwrap();
        assert_eq!((signed.store_key.as_str(), signed.mime), (row.store_key.as_str(), "image/jpeg"));
        assert_eq!(shelf.context.media.size(&signed.store_key).await.unwrap(), row.bytes.unsigned_abs());
        let part = shelf.context.media.get_range(&signed.store_key, 2..12).await.unwrap();
        assert_eq!(part, bytes.slice(2..12));
    })
    .await;
}

#[tokio::test]
async fn the_folder_keeps_files_and_lets_nobody_out() {
    let folder = testing::temp_dir().unwrap();
    let store = MediaStore::local(&folder.path().join("media")).unwrap();
    store.put("a/b/thumb.jpg", Bytes::from_static(b"0123456789")).await.unwrap();
    store.put("a/b/thumb.jpg", Bytes::from_static(b"abcdefghij")).await.unwrap();
    let again = MediaStore::local(&folder.path().join("media")).unwrap();
    assert_eq!(again.get("a/b/thumb.jpg").await.unwrap(), "abcdefghij");
    assert_eq!(again.get_range("a/b/thumb.jpg", 2..5).await.unwrap(), "cde");
    assert_eq!(again.size("a/b/thumb.jpg").await.unwrap(), 10);
    std::fs::write(folder.path().join("secret"), "x").unwrap();
    assert!(store.get("../secret").await.is_err());
    assert!(store.put("../secret", Bytes::new()).await.is_err());
    assert_eq!(std::fs::read(folder.path().join("secret")).unwrap(), b"x");
    store.delete("a/b/thumb.jpg").await.unwrap();
    store.delete("a/b/thumb.jpg").await.unwrap();
    assert!(matches!(store.get("a/b/thumb.jpg").await, Err(StoreError::NotFound)));
}
