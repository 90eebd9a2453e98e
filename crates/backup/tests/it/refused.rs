//! Archives that are not what was written, and databases that are not empty.

use crate::house::{ENGINES, House, sandbox};
use backup::{RestoreError, Since};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use storage::workers;

/// Name, type and bytes of each entry.
type Entries = Vec<(String, tar::EntryType, Vec<u8>)>;

fn unpacked(path: &Path) -> Entries {
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(path).unwrap()));
    let mut entries = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let name = String::from_utf8(entry.path_bytes().into_owned()).unwrap();
        entries.push((name, entry.header().entry_type(), bytes));
    }
    entries
}

fn packed(path: &Path, entries: &Entries) {
    let gzip = GzEncoder::new(File::create(path).unwrap(), Compression::fast());
    let mut archive = tar::Builder::new(gzip);
    for (name, kind, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        // By hand: the builder refuses names that lead out of a folder.
        let place = &mut header.as_old_mut().name;
        place[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_cksum();
        archive.append(&header, bytes.as_slice()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap();
}

/// A copy of the backup, changed.
fn changed(path: &Path, name: &str, change: impl FnOnce(&mut Entries)) -> PathBuf {
    let mut entries = unpacked(path);
    change(&mut entries);
    let copy = path.with_file_name(name);
    packed(&copy, &entries);
    copy
}

fn find<'a>(entries: &'a mut Entries, begin: &str) -> &'a mut Vec<u8> {
    &mut entries.iter_mut().find(|(name, ..)| name.starts_with(begin)).unwrap().2
}

/// As somebody could who has the key: the list and its signature made anew.
fn sign_anew(entries: &mut Entries, house: &House) {
    use sha2::{Digest as _, Sha256};
    let mut contents: serde_json::Value = serde_json::from_slice(find(entries, "contents.json")).unwrap();
    for (name, _, bytes) in entries.iter() {
        if contents["entries"].get(name).is_some() {
            contents["entries"][name] =
                serde_json::json!({"bytes": bytes.len(), "sha256": hex::encode(Sha256::digest(bytes))});
        }
    }
    *find(entries, "contents.json") = serde_json::to_vec(&contents).unwrap();
    let signature = house.context.keys.sign_backup(find(entries, "contents.json"));
    *find(entries, "signature") = signature.into_bytes();
}

async fn refusal(house: &House, path: &Path) -> String {
    let error = house.restore(path, Since::Stopped).await.unwrap_err();
    assert!(house.is_untouched().await, "{error}");
    error.to_string()
}

#[tokio::test]
async fn a_changed_archive_is_refused_and_leaves_nothing() {
    let sandbox = sandbox().await;
    let old = House::small(ENGINES[0], &sandbox).await;
    let (path, _) = old.back_up().await;
    let new = House::empty(ENGINES[0], &sandbox).await;
    let whole = changed(&path, "same.tar.gz", |_| {});
    assert!(unpacked(&whole) == unpacked(&path), "the copy is as good");

    let role = changed(&path, "role.tar.gz", |entries| {
        let rows = find(entries, "tables/member/");
        *rows = String::from_utf8(rows.clone()).unwrap().replace("\"owner\"", "\"admin\"").into_bytes();
    });
    assert!(refusal(&new, &role).await.contains("tables/member/000001.ndjson"));
    let image = changed(&path, "image.tar.gz", |entries| find(entries, "media/")[7] ^= 1);
    assert!(refusal(&new, &image).await.contains("media/"));
    let listed = changed(&path, "listed.tar.gz", |entries| {
        let keys = old.context.keys.sign_backup(b"something else");
        *find(entries, "signature") = keys.into_bytes();
    });
    assert!(refusal(&new, &listed).await.contains("list of contents was changed"));
    let without = changed(&path, "without.tar.gz", |entries| {
        entries.retain(|(name, ..)| !name.starts_with("tables/post/"));
    });
    assert!(refusal(&new, &without).await.contains("tables/post/"));
    let more = changed(&path, "more.tar.gz", |entries| {
        let again = entries[1].clone();
        entries.insert(2, again);
    });
    assert!(refusal(&new, &more).await.contains("out of place"));
    let after = changed(&path, "after.tar.gz", |entries| {
        let again = entries[1].clone();
        entries.push(again);
    });
    assert!(refusal(&new, &after).await.contains("out of place"));
}

#[tokio::test]
async fn nothing_leads_out_of_the_archive() {
    let sandbox = sandbox().await;
    let old = House::small(ENGINES[0], &sandbox).await;
    let (path, _) = old.back_up().await;
    let new = House::empty(ENGINES[0], &sandbox).await;
    for (number, name) in
        ["../evil", "/tmp/evil", "media/../../evil", "media/a/b/../../../evil", "evil"].iter().enumerate()
    {
        let evil = changed(&path, &format!("evil-{number}.tar.gz"), |entries| {
            entries.insert(1, ((*name).to_owned(), tar::EntryType::Regular, b"x".to_vec()));
        });
        let told = refusal(&new, &evil).await;
        assert!(told.contains("which no backup has"), "{told}");
    }
    let link = changed(&path, "link.tar.gz", |entries| {
        entries.insert(1, ("media/a/b/c".to_owned(), tar::EntryType::Symlink, Vec::new()));
    });
    assert!(refusal(&new, &link).await.contains("which no backup has"));
}

#[tokio::test]
async fn a_file_that_breaks_off_is_refused_wherever_it_does() {
    let sandbox = sandbox().await;
    let old = House::small(ENGINES[0], &sandbox).await;
    let (path, _) = old.back_up().await;
    let new = House::empty(ENGINES[0], &sandbox).await;
    let bytes = std::fs::read(&path).unwrap();
    let cut = path.with_file_name("cut.tar.gz");
    for part in 0..20 {
        std::fs::write(&cut, &bytes[..bytes.len() * part / 20]).unwrap();
        refusal(&new, &cut).await;
    }
    let mut flipped = bytes.clone();
    let middle = bytes.len() / 2;
    flipped[middle] ^= 4;
    std::fs::write(&cut, flipped).unwrap();
    refusal(&new, &cut).await;
    std::fs::write(&cut, "not a backup").unwrap();
    assert_eq!(refusal(&new, &cut).await, "the file is no backup of Fanfare");
    assert!(refusal(&new, Path::new("/nowhere/backup.tar.gz")).await.contains("/nowhere/backup.tar.gz"));
}

#[tokio::test]
async fn of_a_newer_schema_nothing_is_taken_and_an_older_one_is_brought_up_to_date() {
    let sandbox = sandbox().await;
    let old = House::small(ENGINES[0], &sandbox).await;
    let (path, taken) = old.back_up().await;
    let of = |schema: i64, name: &str| {
        changed(&path, name, |entries| {
            let manifest = find(entries, "manifest.json");
            let mut told: serde_json::Value = serde_json::from_slice(manifest).unwrap();
            told["schema"] = schema.into();
            told["fanfare"] = "9.9.9".into();
            *manifest = serde_json::to_vec(&told).unwrap();
            sign_anew(entries, &old);
        })
    };
    let ours = storage::schema_version();
    for engine in ENGINES {
        let new = House::empty(engine, &sandbox).await;
        let told = refusal(&new, &of(ours + 1, "newer.tar.gz")).await;
        assert!(told.contains("9.9.9") && told.contains("newer"), "{told}");
        // Its tables are ahead of the backup's.
        assert!(refusal(&new, &of(ours - 1, "older.tar.gz")).await.contains("a new database"));
    }
    // The newest migration touches only indexes and what is left out.
    let folder = testing::temp_dir().unwrap();
    let url = format!("sqlite:{}", testing::fresh_sqlite_path(&folder).display());
    let options = storage::ConnectOptions { url, max_connections: 3 };
    let db = storage::Db::connect(&options, old.test.db.clock().clone()).await.unwrap();
    let into = backup::Installation { db: &db, ..old.installation() };
    let restored = backup::restore(into, &of(ours - 1, "older.tar.gz"), Since::Stopped).await.unwrap();
    assert_eq!(restored.rows, taken.rows);
    assert_eq!(db.migrated_to().await.unwrap(), Some(ours));
}

#[tokio::test]
async fn a_database_in_use_is_left_alone() {
    let sandbox = sandbox().await;
    for engine in ENGINES {
        let old = House::small(engine, &sandbox).await;
        let (path, _) = old.back_up().await;
        let before = old.rows().await;
        let refused = old.restore(&path, Since::Stopped).await;
        assert!(matches!(refused, Err(RestoreError::NotEmpty(_))), "{refused:?}");
        assert!(old.rows().await == before);

        let new = House::empty(engine, &sandbox).await;
        let mut tx = new.test.db.begin().await.unwrap();
        workers::beat(&mut tx, "w", "1", true, new.test.db.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
        let refused = new.restore(&path, Since::Stopped).await;
        assert!(matches!(refused, Err(RestoreError::ServerRuns)), "{refused:?}");
        assert!(new.is_untouched().await);
    }
}

#[tokio::test]
async fn a_restore_that_fails_at_its_end_leaves_nothing() {
    let sandbox = sandbox().await;
    let old = House::small(ENGINES[0], &sandbox).await;
    let (path, _) = old.back_up().await;
    // Signed, and yet one row too few: as by a fault of ours.
    let broken = changed(&path, "broken.tar.gz", |entries| {
        let rows = find(entries, "tables/schedule_run/");
        let first = rows.iter().position(|byte| *byte == b'\n').unwrap();
        rows.drain(..=first);
        sign_anew(entries, &old);
    });
    for engine in ENGINES {
        let new = House::empty(engine, &sandbox).await;
        assert!(refusal(&new, &broken).await.contains("schedule_run"));
        new.restore(&path, Since::Stopped).await.unwrap();
    }
}
