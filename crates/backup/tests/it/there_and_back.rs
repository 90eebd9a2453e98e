//! What was backed up is what is there afterwards, on either engine.

use crate::house::{ENGINES, House, other_keys, sandbox};
use backup::{RestoreError, Since, restore};
use model::services::AccountService as _;
use model::{Actor, Role};
use service::accounts::{Accounts, tokens};
use service::media::StoreError;
use storage::schedule_runs;

#[tokio::test]
async fn everything_comes_back_on_either_engine() {
    let sandbox = sandbox().await;
    for from in ENGINES {
        let old = House::furnished(from, &sandbox).await;
        let rows = old.rows().await;
        let empty: Vec<_> = rows.iter().filter(|(_, rows)| rows.is_empty()).map(|(name, _)| *name).collect();
        assert!(empty.is_empty(), "nothing is told of {empty:?}");
        let (path, taken) = old.back_up().await;
        assert_eq!(usize::try_from(taken.rows).unwrap(), rows.values().map(Vec::len).sum::<usize>());
        assert_eq!(usize::try_from(taken.files).unwrap(), old.files().len());
        assert!(taken.files > 10 && taken.missing.is_empty(), "{:?}", taken.missing);
        for into in ENGINES {
            let new = House::empty(into, &sandbox).await;
            // As by a start before, with another key: nothing is sealed with it yet.
            other_keys().check(&new.test.db).await.unwrap();
            let restored = new.restore(&path, Since::Stopped).await.unwrap();
            assert_eq!((restored.rows, restored.files), (taken.rows, taken.files));
            for (table, rows) in new.rows().await {
                assert_eq!(rows, old.rows().await[table], "{table}: {from:?} into {into:?}");
            }
            assert!(new.files() == old.files(), "{from:?} into {into:?}");
            new.context.keys.check(&new.test.db).await.unwrap();
            tokens_open(&new).await;
            // And once more from there, into the other.
            let again = new.file("again.tar.gz");
            assert_eq!(backup::back_up(new.installation(), &again).await.unwrap(), taken);
        }
    }
}

/// At least one account of each workspace can be used.
async fn tokens_open(house: &House) {
    let mut read = house.test.db.read().await.unwrap();
    let workspaces = schedule_runs::workspaces(&mut read).await.unwrap();
    let person = storage::persons::all(&mut read).await.unwrap()[0].id;
    drop(read);
    let mut opened = 0;
    for workspace in workspaces {
        let actor = Actor { user: person, workspace: workspace.id, role: Role::Owner };
        for account in Accounts::new(house.context.clone()).list(actor).await.unwrap() {
            opened += usize::from(tokens::access(&house.context, workspace.id, account.id).await.is_ok());
        }
    }
    assert!(opened > 5, "{opened} accounts can be used");
}

/// A link that was used or taken back since would let its holder in.
#[tokio::test]
async fn open_invitations_end_unless_nothing_happened_since() {
    let sandbox = sandbox().await;
    let old = House::furnished(ENGINES[0], &sandbox).await;
    let (path, _) = old.back_up().await;
    for (engine, since, ended) in [
        (ENGINES[0], Since::MayHaveRun, 1),
        (ENGINES[1], Since::MayHaveRun, 1),
        (ENGINES[1], Since::Stopped, 0),
    ] {
        let new = House::empty(engine, &sandbox).await;
        assert_eq!(new.restore(&path, since).await.unwrap().invitations, ended);
        let mut tx = new.test.db.begin().await.unwrap();
        let open = storage::portable::end_invitations(&mut tx, new.test.db.clock().now()).await.unwrap();
        assert_eq!(open, 1 - ended, "{engine:?}");
    }
}

#[tokio::test]
async fn a_backup_needs_its_key() {
    let sandbox = sandbox().await;
    let old = House::small(ENGINES[0], &sandbox).await;
    let (path, _) = old.back_up().await;
    let new = House::empty(ENGINES[0], &sandbox).await;
    let keys = other_keys();
    let into = backup::Installation { keys: &keys, ..new.installation() };
    let refused = restore(into, &path, Since::Stopped).await;
    assert!(matches!(refused, Err(RestoreError::WrongKey)), "{refused:?}");
    assert!(new.is_untouched().await);
    let from = backup::Installation { keys: &keys, ..old.installation() };
    let refused = backup::back_up(from, &old.file("other.tar.gz")).await;
    assert!(matches!(refused, Err(backup::BackupError::Key(_))), "{refused:?}");
    assert!(!old.file("other.tar.gz").exists());
}

#[tokio::test]
async fn a_backup_is_its_owner_s_alone_and_takes_nothing_s_place() {
    let sandbox = sandbox().await;
    let old = House::small(ENGINES[0], &sandbox).await;
    let (path, _) = old.back_up().await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let before = std::fs::read(&path).unwrap();
    let again = backup::back_up(old.installation(), &path).await;
    assert!(matches!(again, Err(backup::BackupError::Exists { .. })), "{again:?}");
    assert!(std::fs::read(&path).unwrap() == before);
    let nowhere = backup::back_up(old.installation(), &old.file("no/such/folder.tar.gz")).await;
    assert!(matches!(nowhere, Err(backup::BackupError::File { .. })), "{nowhere:?}");
    let left: Vec<_> =
        std::fs::read_dir(old.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "the backup and the media, no draft: {left:?}");
}

#[tokio::test]
async fn a_file_that_is_gone_is_told_and_keeps_nothing_back() {
    let sandbox = sandbox().await;
    let old = House::small(ENGINES[0], &sandbox).await;
    let (key, _) = old.files().pop_first().unwrap();
    let key = key.to_str().unwrap().to_owned();
    old.context.media.delete(&key).await.unwrap();
    let (path, taken) = old.back_up().await;
    assert_eq!(taken.missing, std::slice::from_ref(&key));
    let new = House::empty(ENGINES[0], &sandbox).await;
    new.restore(&path, Since::Stopped).await.unwrap();
    assert!(matches!(new.context.media.get(&key).await, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn it_is_of_one_moment_while_others_write() {
    let sandbox = sandbox().await;
    for engine in ENGINES {
        let old = House::small(engine, &sandbox).await;
        let mut read = old.test.db.read().await.unwrap();
        let workspace = schedule_runs::workspaces(&mut read).await.unwrap()[0].id;
        let user = storage::persons::all(&mut read).await.unwrap()[0].id;
        let account = storage::accounts::list(&mut read, workspace).await.unwrap()[0].id;
        drop(read);
        // Each post comes with its target, in one transaction; a target without its post could not be restored.
        let write = async {
            for number in 0..40 {
                let post = seeding::DuePost { account, text: format!("meanwhile {number}"), media: None };
                let due = old.test.db.clock().now();
                seeding::due_posts(&old.context, workspace, user, &[post], due).await.unwrap();
            }
        };
        let (_, (path, taken)) = tokio::join!(write, old.back_up());
        let new = House::empty(ENGINES[0], &sandbox).await;
        let restored = new.restore(&path, Since::Stopped).await.unwrap();
        assert_eq!(restored.rows, taken.rows);
        let rows = new.rows().await;
        assert_eq!(rows["post"].len(), rows["target"].len(), "{engine:?}");
    }
}
