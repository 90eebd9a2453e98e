//! Public addresses of renditions: good until a time, for exactly one file. Platforms that fetch images use them.

use crate::keys::Keys;
use chrono::{DateTime, Utc};
use model::{MediaId, WorkspaceId};
use uuid::Uuid;

/// Types that renditions have.
const TYPES: [&str; 2] = ["image/jpeg", "image/png"];

/// What a valid address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedMedia {
    pub workspace: WorkspaceId,
    /// Key in the media store.
    pub store_key: String,
    pub mime: &'static str,
    pub expires: DateTime<Utc>,
}

/// The path below which the server answers with [`verify_signed`]: `/media/<end>/<signature>/<type>/<key>`. It ends
/// like a file name.
pub fn signed_path(
    keys: &Keys,
    workspace: WorkspaceId,
    store_key: &str,
    mime: &str,
    expires: DateTime<Utc>,
) -> String {
    let end = expires.timestamp();
    let mac = keys.media_url_mac(media_of(store_key), &signed_text(workspace, store_key, mime), end);
    let subtype = mime.strip_prefix("image/").unwrap_or(mime);
    format!("/media/{end}/{mac}/{subtype}/{store_key}")
}

/// The file behind the rest of a path after `/media/`; `None` when it isn't ours, was changed, or has ended.
pub fn verify_signed(keys: &Keys, rest: &str, now: DateTime<Utc>) -> Option<SignedMedia> {
    let mut parts = rest.splitn(4, '/');
    let (end, mac, subtype, store_key) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let end: i64 = end.parse().ok()?;
    let mime = TYPES.into_iter().find(|mime| mime.strip_prefix("image/") == Some(subtype))?;
    let workspace: WorkspaceId = store_key.split('/').next()?.parse().ok()?;
    let text = signed_text(workspace, store_key, mime);
    if !keys.media_url_mac_is(media_of(store_key), &text, end, mac) {
        return None;
    }
    let expires = DateTime::from_timestamp(end, 0).filter(|expires| *expires > now)?;
    Some(SignedMedia { workspace, store_key: store_key.to_owned(), mime, expires })
}

fn signed_text(workspace: WorkspaceId, store_key: &str, mime: &str) -> String {
    format!("{workspace}\n{store_key}\n{mime}")
}

/// The second part of a key. What isn't there is signed as zero; the whole key is in the signed text anyway.
fn media_of(store_key: &str) -> MediaId {
    store_key.split('/').nth(1).and_then(|id| id.parse().ok()).unwrap_or(MediaId(Uuid::nil()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::MasterKey;
    use chrono::TimeDelta;

    fn keys(byte: u8) -> Keys {
        Keys::new(&MasterKey::from_bytes([byte; 32])).unwrap()
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_764_000_000, 0).unwrap()
    }

    fn ids() -> (WorkspaceId, String) {
        let workspace = WorkspaceId(Uuid::from_u128(7));
        (workspace, format!("{workspace}/{}/jpeg-8x6-1000.jpg", Uuid::from_u128(9)))
    }

    fn path() -> String {
        let (workspace, key) = ids();
        let path = signed_path(&keys(1), workspace, &key, "image/jpeg", now() + TimeDelta::hours(1));
        path.strip_prefix("/media/").unwrap().to_owned()
    }

    #[test]
    fn an_address_names_its_file_until_its_end() {
        let (workspace, store_key) = ids();
        let expires = now() + TimeDelta::hours(1);
        let named = SignedMedia { workspace, store_key, mime: "image/jpeg", expires };
        assert_eq!(verify_signed(&keys(1), &path(), now()), Some(named.clone()));
        assert_eq!(verify_signed(&keys(1), &path(), expires - TimeDelta::seconds(1)), Some(named));
        assert_eq!(verify_signed(&keys(1), &path(), expires), None);
        assert_eq!(verify_signed(&keys(2), &path(), now()), None, "another key");
    }

    #[test]
    fn a_changed_address_names_nothing() {
        let good = path();
        let (end, rest) = good.split_once('/').unwrap();
        let later = format!("{}/{rest}", end.parse::<i64>().unwrap() + 1);
        let other_type = good.replace("/jpeg/", "/png/");
        let other_file = good.replace("jpeg-8x6", "jpeg-9x6");
        let other_workspace = good.replace(&ids().0.to_string(), &Uuid::from_u128(8).to_string());
        let original = good.replace("jpeg-8x6-1000.jpg", "original");
        for changed in
            [later, other_type, other_file, other_workspace, original, String::new(), "1/2/3".to_owned()]
        {
            assert_ne!(changed, good);
            assert_eq!(verify_signed(&keys(1), &changed, now()), None, "{changed}");
        }
    }

    #[test]
    fn a_file_is_signed_for_its_own_workspace_only() {
        let other = WorkspaceId(Uuid::from_u128(8));
        let path = signed_path(&keys(1), other, &ids().1, "image/jpeg", now() + TimeDelta::hours(1));
        assert_eq!(verify_signed(&keys(1), path.strip_prefix("/media/").unwrap(), now()), None);
    }
}
