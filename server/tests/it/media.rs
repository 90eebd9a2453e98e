//! Uploads and signed images over HTTP.

use crate::harness::{Answer, TestServer, each_server, multipart, png, request};
use axum::body::Body;
use chrono::TimeDelta;
use http::{Method, StatusCode};
use model::media::{MAX_PIXELS, MAX_UPLOAD_BYTES, MediaView};
use model::post::PostMedia;
use model::{ApiError, Platform, Problem};
use service::media::{rendition_for, signed_path};

async fn upload(server: &TestServer, token: &str, field: &str, name: &str, bytes: &[u8]) -> Answer {
    let (kind, body) = multipart(field, name, bytes);
    let request = request(Method::POST, "/api/media", Some(token)).header("content-type", kind);
    server.send(request.body(Body::from(body)).unwrap()).await
}

fn problem(answer: &Answer) -> Problem {
    match serde_json::from_slice(&answer.body) {
        Ok(ApiError::Invalid { problems }) => problems[0].problem.clone(),
        other => panic!("{other:?} {}", answer.text()),
    }
}

fn left_behind(server: &TestServer) -> usize {
    std::fs::read_dir(server.app.config.data.dir.join("uploads")).unwrap().count()
}

#[tokio::test]
async fn an_upload_is_shown_to_its_workspace() {
    each_server(async |server| {
        let people = server.people().await;
        let answer = upload(&server, &people.editor, "file", "cake.png", &png()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let media: MediaView = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((media.name.as_str(), media.width, media.height), ("cake.png", 64, 48));
        for path in [&media.thumbnail, &media.preview] {
            let shown = server.get(path, Some(&people.viewer)).await;
            assert_eq!(shown.status, StatusCode::OK);
            assert!(shown.header("content-type").starts_with("image/"));
            assert_eq!(shown.header("x-content-type-options"), "nosniff");
            assert_eq!(server.get(path, Some(&people.stranger)).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(left_behind(&server), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_image_is_refused_with_the_reason() {
    each_server(async |server| {
        let people = server.people().await;
        let text = upload(&server, &people.editor, "file", "cake.png", b"<script>alert(1)</script>").await;
        assert_eq!((text.status.as_u16(), problem(&text)), (422, Problem::UnsupportedFile));
        let picture = png();
        let cut = upload(&server, &people.editor, "file", "cake.png", &picture[..picture.len() / 2]).await;
        assert_eq!((cut.status.as_u16(), problem(&cut)), (422, Problem::DamagedFile));
        let other = upload(&server, &people.editor, "picture", "cake.png", &png()).await;
        assert_eq!(problem(&other), Problem::Required);
        let large =
            upload(&server, &people.editor, "file", "a.png", &vec![0; MAX_UPLOAD_BYTES as usize + 1]).await;
        assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(problem(&large), Problem::FileTooLarge { max_bytes: MAX_UPLOAD_BYTES });

        let (kind, mut body) = multipart("file", "cake.png", &png());
        body.truncate(body.len() - 20);
        let broken = request(Method::POST, "/api/media", Some(&people.editor)).header("content-type", kind);
        let broken = server.send(broken.body(Body::from(body)).unwrap()).await;
        assert_eq!((broken.status.as_u16(), problem(&broken)), (422, Problem::UploadBroken));
        let json = request(Method::POST, "/api/media", Some(&people.editor))
            .header("content-type", "application/json");
        assert!(server.send(json.body(Body::from("{}")).unwrap()).await.status.is_client_error());
        assert_eq!(left_behind(&server), 0, "nothing stays of what was refused");
    })
    .await;
}

/// A JPEG of a few hundred bytes whose header promises 60,000 × 60,000 pixels.
fn bomb() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    let mut jpeg = bytes.into_inner();
    // A start of frame: length, 8 bits, height, width.
    let at = jpeg.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap() + 5;
    jpeg[at..at + 4].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    jpeg
}

/// The most memory that this process ever asked for, in kB; none where the system doesn't tell.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmPeak:"))?;
    Some(line.trim().trim_end_matches(" kB").parse().unwrap())
}

#[tokio::test]
async fn what_promises_too_many_pixels_is_refused_with_the_reason() {
    each_server(async |server| {
        let people = server.people().await;
        let before = most_memory();
        let bomb = upload(&server, &people.editor, "file", "cake.jpg", &bomb()).await;
        let too_many = Problem::TooManyPixels { max: MAX_PIXELS };
        assert_eq!((bomb.status.as_u16(), problem(&bomb)), (422, too_many));
        // The pixels would be 10 GB. Other tests run meanwhile, and each thread reserves some for itself.
        if let (Some(before), Some(now)) = (before, most_memory()) {
            assert!(now - before < 2 << 20, "it took {} kB", now - before);
        }
        assert_eq!(left_behind(&server), 0, "nothing stays of what was refused");
    })
    .await;
}

#[tokio::test]
async fn platforms_fetch_signed_images_whole_and_in_parts() {
    each_server(async |server| {
        let people = server.people().await;
        let ids = server.ids(&people).await;
        let context = &server.app.context;
        let item = PostMedia { media: ids.media, alt: String::new(), crop: None };
        let row = rendition_for(context, ids.workspace, &item, Platform::Instagram).await.unwrap();
        let end = server.test.db.clock().now() + TimeDelta::hours(1);
        let path = signed_path(&context.keys, ids.workspace, &row.store_key, &row.mime, end);

        let whole = server.get(&path, None).await;
        assert_eq!((whole.status, whole.header("content-type")), (StatusCode::OK, row.mime.as_str()));
        assert_eq!(whole.body.len(), usize::try_from(row.bytes).unwrap());
        assert_eq!(whole.header("x-content-type-options"), "nosniff");
        let head = request(Method::HEAD, &path, None).body(Body::empty()).unwrap();
        let head = server.send(head).await;
        assert_eq!(
            (head.status, head.header("content-length")),
            (StatusCode::OK, row.bytes.to_string().as_str())
        );
        assert!(head.body.is_empty());

        let ranged = |range: &str| {
            request(Method::GET, &path, None).header("range", range).body(Body::empty()).unwrap()
        };
        let part = server.send(ranged("bytes=2-11")).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.body, whole.body[2..12]);
        assert_eq!(part.header("content-range"), format!("bytes 2-11/{}", row.bytes));
        let beyond = server.send(ranged(&format!("bytes={}-", row.bytes))).await;
        assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
        assert_eq!(beyond.header("content-range"), format!("bytes */{}", row.bytes));

        let forged = path.replace("/media/", "/media/9");
        assert_eq!(server.get(&forged, None).await.status, StatusCode::NOT_FOUND);
        server.test.clock.advance(TimeDelta::hours(1));
        assert_eq!(server.get(&path, None).await.status, StatusCode::NOT_FOUND, "its time is over");
    })
    .await;
}
