//! A platform gets its own text and its own part of an image. On both engines.

use crate::crew::Crew;
use crate::scene::Scene;
use crate::stories::{is, on_both};
use model::post::{PostInput, PostMedia, SavePost, Variant, When};
use model::{Crop, PixelRect, Platform, TargetState};
use serde_json::Value;
use service::media::rendition_for;

fn part(x: u32, y: u32, width: u32, height: u32) -> Option<Crop> {
    Crop::of_pixels(PixelRect { x, y, width, height }, 640, 640)
}

/// What the sandbox's only post on a platform holds: its text, and the alt text and bytes of each image.
async fn arrived(scene: &Scene, platform: Platform) -> (String, Vec<(String, i64)>) {
    let posts: Vec<Value> = scene.control.get("control/posts").await.unwrap();
    let mut here = posts.iter().filter(|post| post["platform"] == platform.key());
    let (post, None) = (here.next().unwrap(), here.next()) else { panic!("{posts:?}") };
    let image = |media: &Value| {
        (media["alt"].as_str().unwrap_or_default().to_owned(), media["bytes"].as_i64().unwrap())
    };
    let media = post["media"].as_array().unwrap().iter().map(image).collect();
    (post["text"].as_str().unwrap().to_owned(), media)
}

async fn made(scene: &Scene, item: &PostMedia, platform: Platform) -> (String, i64) {
    let row = rendition_for(&scene.context, scene.actor.workspace, item, platform).await.unwrap();
    (item.alt.clone(), row.bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_platform_gets_its_own_version() {
    on_both(async |scene| {
        let account = |platform| scene.accounts.iter().find(|a| a.platform == platform).unwrap().id;
        let item = |alt: &str, crop| PostMedia { media: scene.image, alt: alt.to_owned(), crop };
        let (common, tall) = (item("All of it", None), item("A tall part", part(0, 0, 300, 600)));
        let (square, wide) =
            (item("A square", part(340, 340, 300, 300)), item("A strip", part(0, 0, 640, 120)));
        let own = |platform, text: &str, media| Variant { platform, text: text.to_owned(), media };
        let input = PostInput {
            text: "For all of them".to_owned(),
            media: vec![common.clone()],
            accounts: [Platform::X, Platform::Bluesky, Platform::LinkedIn, Platform::Instagram]
                .map(account)
                .into(),
            variants: vec![
                own(Platform::X, "Only for X", Some(vec![square.clone(), wide.clone()])),
                own(Platform::Bluesky, "Bluesky without a picture", Some(Vec::new())),
                own(Platform::Instagram, "For Instagram", Some(vec![tall.clone()])),
            ],
        };
        let crew = Crew::start(scene, &["a"]);
        let posts = service::services(&scene.context).posts;
        let save = SavePost { post: None, version: None, key: None, input, when: Some(When::Now) };
        let post = posts.save(scene.actor, save).await.unwrap();
        for target in &post.targets {
            is(scene, target.id, TargetState::Published).await;
        }
        let on_x = vec![made(scene, &square, Platform::X).await, made(scene, &wide, Platform::X).await];
        assert_ne!(on_x[0].1, on_x[1].1, "told apart by their bytes");
        assert_eq!(arrived(scene, Platform::X).await, ("Only for X".to_owned(), on_x));
        let without = ("Bluesky without a picture".to_owned(), Vec::new());
        assert_eq!(arrived(scene, Platform::Bluesky).await, without);
        let (text, media) = arrived(scene, Platform::LinkedIn).await;
        assert_eq!(
            (text.as_str(), media),
            ("For all of them", vec![made(scene, &common, Platform::LinkedIn).await])
        );
        let (text, media) = arrived(scene, Platform::Instagram).await;
        let on_instagram = made(scene, &tall, Platform::Instagram).await;
        assert_eq!((text.as_str(), media[0].1), ("For Instagram", on_instagram.1));
        crew.stop().await;
    })
    .await;
}
