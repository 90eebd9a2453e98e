//! `/events`: a stream that tells a page which kinds of things have changed in its workspace, so that it asks for them again.
//!
//! Each message holds all numbers of the workspace, so a page that missed some needs nothing but the next: there is no
//! history to catch up with, and `Last-Event-ID` has no use. The first message comes at once.

use super::errors::Failure;
use super::session::Member;
use super::streams::Place;
use super::web::Web;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures::stream;
use http::header::{CACHE_CONTROL, HeaderName};
use model::live::Tally;
use model::{Actor, Permission, SessionId, WorkspaceId};
use serde::Deserialize;
use service::Context;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Between two signs of life: shorter than proxies wait for, and a connection that broke is missed soon.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// What nginx and others understand: nothing is held back.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The message that holds numbers, as JSON.
const CHANGED: &str = "changed";

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The page's own; the session may have gone elsewhere since.
    workspace: WorkspaceId,
}

pub(super) async fn stream(
    State(web): State<Web>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    member.actor.require(Permission::View)?;
    let place = web.streams.open(member.session.id)?;
    let context = web.app.context.clone();
    let listener = Listener {
        numbers: context.listen(member.actor.workspace),
        // The session may have ended since it was read.
        check_at: Instant::now(),
        session: member.session.id,
        actor: member.actor,
        access: None,
        sent: None,
        // Nothing is told of another workspace than the page's.
        end: (asked.workspace != member.actor.workspace).then_some(End::Over),
        stopping: web.stopping.clone(),
        context,
        _place: place,
    };
    let messages = stream::unfold(Some(listener), |listener| async {
        let mut listener = listener?;
        let (event, more) = listener.next().await;
        Some((Ok::<_, Infallible>(event), more.then_some(listener)))
    });
    let headers = [(CACHE_CONTROL, "no-store, no-transform"), (BUFFERING, "no")];
    Ok((headers, Sse::new(messages).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))).into_response())
}

/// Why a stream ends; its last message.
#[derive(Clone, Copy)]
enum End {
    /// The session has ended or is in another workspace: nothing more will come, now or later.
    Over,
    /// This process stops or can't go on: another stream will do.
    Again,
}

impl End {
    const fn name(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Again => "again",
        }
    }
}

/// One page, or one browser, that listens.
struct Listener {
    context: Context,
    numbers: watch::Receiver<Option<Tally>>,
    session: SessionId,
    actor: Actor,
    check_at: Instant,
    /// As it was at the last check.
    access: Option<i64>,
    sent: Option<Tally>,
    end: Option<End>,
    stopping: CancellationToken,
    _place: Place,
}

impl Listener {
    /// The next message; `false`: it is the last.
    async fn next(&mut self) -> (Event, bool) {
        loop {
            let numbers = *self.numbers.borrow_and_update();
            self.check(numbers.map(|tally| tally.access)).await;
            if let Some(end) = self.end {
                // Without data browsers drop a message.
                return (Event::default().event(end.name()).data("-"), false);
            }
            let tally = numbers.map(Tally::for_pages);
            if let Some(new) = tally.filter(|_| self.sent != tally) {
                self.sent = tally;
                if let Ok(event) = Event::default().event(CHANGED).json_data(new) {
                    return (event, true);
                }
            }
            tokio::select! {
                () = self.stopping.cancelled() => self.end = Some(End::Again),
                changed = self.numbers.changed() => {
                    if changed.is_err() {
                        self.end = Some(End::Again);
                    }
                }
                () = tokio::time::sleep_until(self.check_at) => {}
            }
        }
    }

    /// Looks whether the person still may listen: now and then, and whenever somebody's access changed.
    async fn check(&mut self, access: Option<i64>) {
        let now = Instant::now();
        if self.end.is_some() || (self.access == access && now < self.check_at) {
            return;
        }
        self.access = access;
        self.check_at = now + self.context.timing.listener_check;
        match self.context.may_listen(self.session, self.actor).await {
            Ok(true) => {}
            Ok(false) => self.end = Some(End::Over),
            Err(error) => {
                tracing::warn!(%error, "whether somebody may listen can't be seen");
                self.end = Some(End::Again);
            }
        }
    }
}
