//! Posts show parts of images, and platforms other images than each other.

use super::*;
use model::post::Variant;
use model::{Crop, PixelRect};

fn item(view: &MediaView, crop: Option<Crop>) -> PostMedia {
    PostMedia { media: view.id, alt: "Halves".to_owned(), crop }
}

fn part(view: &MediaView, x: u32, y: u32, width: u32, height: u32) -> Option<Crop> {
    let (whole_width, whole_height) = view.pixels();
    Some(Crop::of_pixels(PixelRect { x, y, width, height }, whole_width, whole_height).unwrap())
}

async fn pixels(shelf: &Shelf, item: &PostMedia, platform: Platform) -> DynamicImage {
    let row = rendition_for(&shelf.context, shelf.editor.workspace, item, platform).await.unwrap();
    let bytes = shelf.context.media.get(&row.store_key).await.unwrap();
    let made = image::load_from_memory(&bytes).unwrap();
    assert_eq!((row.width, row.height), (made.width().into(), made.height().into()));
    made
}

#[tokio::test]
async fn a_crop_is_what_the_platform_gets() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        // Red to x = 600, blue from there on.
        let view = shelf.add("wide.png", &encoded(&halves(1_200, 400), Codec::Png)).await.unwrap();
        let whole = pixels(&shelf, &item(&view, None), Platform::Bluesky).await;
        assert_eq!((whole.width(), whole.height()), (1_200, 400));

        let right = item(&view, part(&view, 650, 40, 300, 300));
        let square = pixels(&shelf, &right, Platform::Bluesky).await.into_rgb8();
        assert_eq!(square.dimensions(), (300, 300));
        assert!(square.pixels().all(|pixel| pixel.0[2] > 180 && pixel.0[0] < 60), "only of the blue half");
        let border = item(&view, part(&view, 500, 0, 400, 400));
        let both = pixels(&shelf, &border, Platform::Bluesky).await.into_rgb8();
        assert!(both.get_pixel(90, 200).0[0] > 180, "red up to a quarter");
        assert!(both.get_pixel(110, 200).0[2] > 180, "then blue");

        // The whole picture is too wide for Instagram, which gets bars; the part is not.
        let padded = pixels(&shelf, &item(&view, None), Platform::Instagram).await.into_rgb8();
        assert_eq!(padded.get_pixel(600, 2).0, [255; 3]);
        let cropped = pixels(&shelf, &border, Platform::Instagram).await.into_rgb8();
        assert_eq!(cropped.dimensions(), (400, 400));
        assert!(cropped.get_pixel(200, 2).0[0] < 60, "no bars");

        let (_, screen) = shelf.opened(view.id, ScreenSize::Preview).await;
        assert_eq!((screen.width(), screen.height()), (1_200, 400), "the upload stays whole");
    })
    .await;
}

#[tokio::test]
async fn a_crop_counts_from_the_corner_of_the_upright_picture() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        // Turned by a quarter: red on top, blue below.
        let view = shelf.add("camera.jpg", &camera_jpeg(400, 200)).await.unwrap();
        assert_eq!(view.pixels(), (200, 400));
        let below =
            pixels(&shelf, &item(&view, part(&view, 0, 210, 200, 190)), Platform::X).await.into_rgb8();
        assert_eq!(below.dimensions(), (200, 190));
        assert!(below.pixels().all(|pixel| pixel.0[2] > 150 && pixel.0[0] < 90));
    })
    .await;
}

#[tokio::test]
async fn images_of_a_variant_are_stored_in_use_and_copied() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let posts = Posts::new(shelf.context.clone());
        let common = shelf.add("a.png", &encoded(&halves(40, 30), Codec::Png)).await.unwrap();
        let own = shelf.add("b.png", &encoded(&halves(60, 30), Codec::Png)).await.unwrap();
        let variant = Variant {
            platform: Platform::X,
            text: "Own".to_owned(),
            media: Some(vec![item(&own, part(&own, 0, 0, 30, 30)), item(&common, None)]),
        };
        let input = PostInput {
            text: "All".to_owned(),
            media: vec![item(&common, part(&common, 5, 0, 20, 30))],
            accounts: Vec::new(),
            variants: vec![variant],
        };
        let save = |post: Option<(_, _)>, input| SavePost {
            post: post.map(|(id, _)| id),
            version: post.map(|(_, version)| version),
            key: None,
            input,
            when: None,
        };
        let post = posts.save(shelf.editor, save(None, input.clone())).await.unwrap();
        assert_eq!((&post.input, &post.media), (&input, &vec![common, own.clone()]), "{}", test.engine_name);
        let in_use = Err(ApiError::conflict(Conflict::InUse));
        assert_eq!(shelf.library.delete(shelf.editor, own.id).await, in_use);
        assert_eq!(posts.duplicate(shelf.editor, post.id).await.unwrap().input, input);

        let stranger = Shelf::new(&test, "bo").await;
        let theirs = Posts::new(stranger.context.clone());
        assert_eq!(theirs.save(stranger.editor, save(None, input.clone())).await, Err(ApiError::NotFound));

        let without = PostInput { variants: Vec::new(), ..input };
        let seen = Some((post.id, post.version));
        let post = posts.save(shelf.editor, save(seen, without.clone())).await.unwrap();
        assert_eq!((post.input, post.media.len()), (without, 1));
    })
    .await;
}

#[tokio::test]
async fn a_restored_revision_leaves_out_what_was_deleted_since() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let posts = Posts::new(shelf.context.clone());
        let (kept, gone) = (
            shelf.add("a.png", &encoded(&halves(40, 30), Codec::Png)).await.unwrap(),
            shelf.add("b.png", &encoded(&halves(60, 30), Codec::Png)).await.unwrap(),
        );
        let input = PostInput { media: vec![item(&gone, None), item(&kept, None)], ..PostInput::default() };
        let save = SavePost { post: None, version: None, key: None, input, when: None };
        let post = posts.save(shelf.editor, save).await.unwrap();
        test.clock.advance(TimeDelta::minutes(10));
        let empty = SavePost {
            post: Some(post.id),
            version: Some(post.version),
            key: None,
            input: PostInput::default(),
            when: None,
        };
        posts.save(shelf.editor, empty).await.unwrap();
        shelf.library.delete(shelf.editor, gone.id).await.unwrap();
        let first = posts.revisions(shelf.editor, post.id).await.unwrap()[1].id;
        let restored = posts.restore(shelf.editor, post.id, first).await.unwrap();
        assert_eq!(restored.input.media, [item(&kept, None)]);
    })
    .await;
}
