//! The media store: the same on a folder and on an S3 store.

use crate::s3_server::S3Server;
use bytes::Bytes;
use platforms::Secret;
use service::media::{MediaStore, S3Settings, StoreError};

const KEY: &str = "0192aaaa-0000-7000-8000-000000000001/0192aaaa-0000-7000-8000-000000000002/thumb.jpg";

/// What every store does alike.
async fn conforms(store: &MediaStore) {
    assert!(matches!(store.get(KEY).await, Err(StoreError::NotFound)));
    assert!(matches!(store.size(KEY).await, Err(StoreError::NotFound)));
    assert!(matches!(store.get_range(KEY, 0..1).await, Err(StoreError::NotFound)));
    store.delete(KEY).await.unwrap();

    let bytes: Bytes = (0..=255_u8).cycle().take(300_000).collect();
    store.put(KEY, bytes.clone()).await.unwrap();
    assert_eq!(store.size(KEY).await.unwrap(), 300_000);
    assert!(store.get(KEY).await.unwrap() == bytes);
    assert!(store.get_range(KEY, 250..1_000).await.unwrap() == bytes.slice(250..1_000));
    assert!(store.get_range(KEY, 299_999..300_000).await.unwrap() == bytes.slice(299_999..));

    store.put(KEY, Bytes::from_static(b"anew")).await.unwrap();
    assert_eq!(store.get(KEY).await.unwrap(), "anew");
    store.put("a/b/empty", Bytes::new()).await.unwrap();
    assert_eq!((store.size("a/b/empty").await.unwrap(), store.get("a/b/empty").await.unwrap().len()), (0, 0));

    for bad in ["../secret", "a/../../secret", "/etc/passwd", "a//b"] {
        let refused = store.get(bad).await;
        assert!(matches!(refused, Err(StoreError::BadKey | StoreError::NotFound)), "{bad}: {refused:?}");
    }
    store.delete(KEY).await.unwrap();
    assert!(matches!(store.get(KEY).await, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn a_folder_conforms() {
    let folder = tempfile::tempdir().unwrap();
    conforms(&MediaStore::local(folder.path()).unwrap()).await;
}

#[tokio::test]
async fn memory_conforms() {
    conforms(&MediaStore::memory()).await;
}

#[tokio::test]
async fn an_s3_store_conforms() {
    let server = S3Server::start().await;
    conforms(&MediaStore::s3(&server.settings()).unwrap()).await;
    assert_eq!(server.keys(), ["a/b/empty"]);
    let seen = server.seen();
    assert!(seen.contains(&format!("PUT /media/{KEY}")) && seen.contains(&format!("DELETE /media/{KEY}")));
}

#[tokio::test]
async fn a_wrong_secret_or_region_is_refused_and_told_without_the_secret() {
    let server = S3Server::start().await;
    let right = server.settings();
    for wrong in [
        S3Settings { secret: Secret::new("hushhush"), ..right.clone() },
        S3Settings { key_id: "SOMEBODY".to_owned(), ..right.clone() },
        S3Settings { region: "us-east-1".to_owned(), ..right.clone() },
    ] {
        let store = MediaStore::s3(&wrong).unwrap();
        let error = store.put(KEY, Bytes::from_static(b"x")).await.unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(told.contains("SignatureDoesNotMatch") || told.contains("403"), "{told}");
        assert!(!told.contains("hushhush"), "{told}");
    }
    assert!(server.keys().is_empty());
}
