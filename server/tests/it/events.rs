//! Live changes between processes, over sockets: what one commits, those who listen to another hear.

mod listening;

use crate::harness::{People, TestServer, each_server, each_server_with};
use chrono::TimeDelta;
use listening::{Listening, Process, WITHIN};
use model::live::Tally;
use model::post::{PostInput, SavePost};
use model::services::Services;
use model::session::Session;
use tokio::time::timeout;

async fn session(server: &TestServer, token: &str) -> Session {
    server.app.services.auth.authenticate(token).await.unwrap().unwrap()
}

/// Saves a draft in the session's workspace.
async fn write(services: &Services, session: &Session) {
    let input = PostInput { text: "Hello".to_owned(), ..PostInput::default() };
    let save = SavePost { post: None, version: None, key: None, input, when: None };
    services.posts.save(session.actor().unwrap(), save).await.unwrap();
}

/// Of workspace A: everybody but the stranger and nobody.
async fn begin(server: &TestServer) -> (People, Session, Session) {
    let people = server.people().await;
    let (owner, stranger) = (session(server, &people.owner).await, session(server, &people.stranger).await);
    (people, owner, stranger)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_in_one_process_is_heard_in_another_and_in_its_workspace_alone() {
    each_server(async |server| {
        let (people, owner, stranger) = begin(&server).await;
        let (here, there) = (Process::start(&server).await, Process::start(&server).await);
        let mut ours = Listening::open(&there, &people.viewer, owner.current).await;
        let mut theirs = Listening::open(&there, &people.stranger, stranger.current).await;
        let (first, of_them) = (ours.tally().await, theirs.tally().await);

        write(&here.app.services, &owner).await;
        assert_eq!(ours.tally().await, Tally { posts: first.posts + 1, ..first });
        write(&there.app.services, &owner).await;
        assert_eq!(ours.tally().await, Tally { posts: first.posts + 2, ..first });
        // Whatever they had heard of ours would have come before this.
        write(&here.app.services, &stranger).await;
        assert_eq!(theirs.tally().await, Tally { posts: of_them.posts + 1, ..of_them });

        let mut later = Listening::open(&here, &people.editor, owner.current).await;
        assert_eq!(later.tally().await.posts, first.posts + 2, "the first message holds all that was missed");
        here.stop().await;
        there.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hears_more_than_they_may() {
    each_server(async |server| {
        let (people, owner, stranger) = begin(&server).await;
        let (here, there) = (Process::start(&server).await, Process::start(&server).await);
        let (viewer, editor) =
            (session(&server, &people.viewer).await, session(&server, &people.editor).await);
        let mut open = Vec::new();
        for token in [&people.admin, &people.editor, &people.viewer, &people.owner] {
            let mut stream = Listening::open(&there, token, owner.current).await;
            stream.tally().await;
            open.push(stream);
        }
        let [mut admin, mut signed_out, mut removed, mut gone_elsewhere] = open.try_into().ok().unwrap();
        let services = &here.app.services;
        services.auth.sign_out(editor.id).await.unwrap();
        signed_out.is_over().await;
        services.team.remove_member(owner.actor().unwrap(), viewer.user).await.unwrap();
        removed.is_over().await;
        services.team.create_workspace(&owner, "Elsewhere".to_owned(), "UTC".to_owned()).await.unwrap();
        gone_elsewhere.is_over().await;

        // A page of the workspace that the session has left.
        Listening::open(&there, &people.owner, owner.current).await.is_over().await;
        Listening::open(&there, &people.stranger, owner.current).await.is_over().await;
        // Whoever stayed hears on.
        let before = admin.tally().await;
        write(services, &stranger).await;
        write(services, &owner).await;
        assert_eq!(admin.tally().await, Tally { posts: before.posts + 1, ..before });
        here.stop().await;
        there.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_by_itself_is_found_out() {
    // Looked at each tenth of a second.
    let often = |config: &mut server::config::Config| config.publishing.timing_divisor = 600;
    each_server_with(often, async |server| {
        let (people, owner, _) = begin(&server).await;
        let process = Process::start(&server).await;
        let mut stream = Listening::open(&process, &people.owner, owner.current).await;
        stream.tally().await;
        server.test.clock.advance(TimeDelta::days(31));
        stream.is_over().await;
        process.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_stops_ends_its_streams() {
    each_server(async |server| {
        let (people, owner, _) = begin(&server).await;
        let process = Process::start(&server).await;
        let mut stream = Listening::open(&process, &people.owner, owner.current).await;
        stream.tally().await;
        let ends = async {
            assert_eq!(stream.next().await, Some(("again".to_owned(), "-".to_owned())));
            assert_eq!(stream.next().await, None);
        };
        let (stopped, ()) = tokio::join!(timeout(WITHIN, process.stop()), ends);
        stopped.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_has_so_many_streams_and_no_more() {
    let server = TestServer::start().await;
    let (people, owner, _) = begin(&server).await;
    let process = Process::start(&server).await;
    let mut open = Vec::new();
    for _ in 0..12 {
        open.push(Listening::open(&process, &people.owner, owner.current).await);
    }
    let refused = Listening::ask(&process, &people.owner, owner.current).await;
    assert!(refused.head.starts_with("HTTP/1.1 429"), "{}", refused.head);
    assert!(refused.head.contains("retry-after: 30"), "{}", refused.head);
    Listening::open(&process, &people.admin, owner.current).await;
    assert!(process.metrics().await.contains("fanfare_event_streams"));
    open.pop();
    // The process hears of it a moment later.
    let again = async {
        while !Listening::ask(&process, &people.owner, owner.current).await.is_open() {
            tokio::task::yield_now().await;
        }
    };
    timeout(WITHIN, again).await.unwrap();
    process.stop().await;
}
