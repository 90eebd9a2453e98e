use crate::pages::posts::times::near_inside;
use crate::server_fns::statistics::SyncNow;
use crate::state::use_words;
use leptos::form::ActionForm;
use leptos::prelude::*;
use model::statistics::SyncRun;
use model::{AccountId, LocalTime};
use std::time::Duration;
use ui::{Button, lucide};

/// Between two looks at a sync that runs.
const LOOK: Duration = Duration::from_secs(2);

/// When to look again at an account's numbers; never while no sync runs.
pub(super) fn look_again(last: Option<&SyncRun>) -> Option<Duration> {
    last.filter(|run| run.ended_at.is_none()).map(|_| LOOK)
}

/// When the account was synced last, what went wrong, and the button that does it now.
#[component]
pub(super) fn SyncLine(
    account: AccountId,
    last: Option<SyncRun>,
    now: LocalTime,
    /// Whether the person may ask for one.
    allowed: bool,
    sync: ServerAction<SyncNow>,
) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let running = last.as_ref().is_some_and(|run| run.ended_at.is_none());
    let told = match &last {
        None => w.never_synced().to_owned(),
        Some(SyncRun { ended_at: Some(at), .. }) => w.synced(&near_inside(words, at, &now)),
        Some(run) => w.syncing(u64::try_from(run.posts).unwrap_or_default()),
    };
    let fault = last.and_then(|run| run.fault).map(|fault| match fault.message() {
        Some(why) => w.sync_failed_why(why),
        None => w.sync_failed().to_owned(),
    });
    view! {
        <div class="sync">
            <p class="small muted" role="status">
                {told}
                {fault
                    .map(|fault| {
                        view! {
                            <span class="sync-fault" data-state="failed">
                                {fault}
                            </span>
                        }
                    })}
            </p>
            {allowed
                .then(|| {
                    view! {
                        <ActionForm action=sync>
                            <input type="hidden" name="account" value=account.to_string() />
                            <Button
                                small=true
                                icon=lucide::REFRESH_CW
                                submit=true
                                busy=Signal::derive(move || running || sync.pending().get())
                            >
                                {w.sync_now()}
                            </Button>
                        </ActionForm>
                    }
                })}
        </div>
    }
    .into_any()
}
