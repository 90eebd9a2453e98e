//! The demo's data: loaded whole or not at all, and alive afterwards.

mod numbers;

use crate::harness::{TestServer, each_server_with};
use chrono::TimeDelta;
use demo::sandbox_control::Control;
use demo::{Fate, LoadError, Loader, PASSWORD, Plan, SEED, Size};
use model::account::Health;
use model::post::{PostFilter, UnknownAnswer};
use model::session::{ClientInfo, Session, SignInInput};
use model::{Actor, Platform, Role, TargetState};
use platforms::PlatformSettings;
use sandbox::{Sandbox, SandboxConfig};
use serde_json::Value;
use service::publishing::Faults;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use worker::WorkerOptions;

/// On each engine a server beside a sandbox of its own.
async fn each(story: impl AsyncFn(&TestServer, &Sandbox)) {
    let sandbox = Sandbox::start(SandboxConfig::in_memory()).await.unwrap();
    let settings = PlatformSettings::sandbox(&sandbox.url());
    each_server_with(
        |config| config.platforms = settings.clone(),
        async |server| story(&server, &sandbox).await,
    )
    .await;
}

/// The normal plan with every `step`th of its posts.
fn plan(server: &TestServer, step: usize) -> Plan {
    let mut plan = Plan::of(Size::Normal, SEED, server.test.db.clock().now());
    let mut number = 0;
    plan.posts.retain(|post| {
        number += 1;
        let special = post
            .targets
            .iter()
            .any(|target| !matches!(target.fate, Fate::Published { .. } | Fate::Scheduled));
        special || post.text.starts_with("Fresh batch!") || number % step == 0
    });
    plan
}

async fn sign_in(server: &TestServer, email: &str) -> Session {
    let auth = &server.app.services.auth;
    let input = SignInInput { email: email.to_owned(), password: PASSWORD.to_owned() };
    let token = auth.sign_in(input, ClientInfo::default()).await.unwrap().token;
    auth.authenticate(&token).await.unwrap().unwrap()
}

/// Every post of the workspace, page by page: its targets' addresses.
async fn listed(server: &TestServer, actor: Actor) -> Vec<model::post::PostView> {
    let mut filter = PostFilter::default();
    let mut posts = Vec::new();
    loop {
        let page = server.app.services.posts.list(actor, filter.clone()).await.unwrap();
        posts.extend(page.items);
        filter.cursor = page.next;
        if filter.cursor.is_none() {
            return posts;
        }
    }
}

fn actor_in(session: &Session, workspace: &str) -> Actor {
    let place = session.workspaces.iter().find(|one| one.name == workspace).unwrap();
    Actor { user: session.user, workspace: place.workspace, role: place.role }
}

async fn at_the_sandbox(sandbox: &Sandbox) -> Vec<Value> {
    Control::new(&sandbox.url()).get("control/posts").await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_what_was_planned() {
    each(async |server, sandbox| {
        let plan = plan(server, 4);
        let context = &server.app.context;
        let loaded = demo::load(context, &sandbox.url(), &plan).await.unwrap();
        assert_eq!(loaded.posts, plan.posts.len());
        assert!(matches!(demo::load(context, &sandbox.url(), &plan).await, Err(LoadError::NotEmpty)));

        let camille = sign_in(server, "demo@example.com").await;
        let lea = sign_in(server, "lea@example.com").await;
        assert_eq!(camille.membership().unwrap().name, "Corner Bakery");
        assert_eq!(
            lea.membership().map(|one| (one.name.as_str(), one.role)),
            Some(("Corner Bakery", Role::Editor))
        );
        assert_eq!((camille.workspaces.len(), lea.workspaces.len()), (3, 1));

        for (place, workspace) in plan.workspaces.iter().enumerate() {
            let actor = actor_in(&camille, workspace.name);
            let posts = listed(server, actor).await;
            let planned: Vec<_> = plan.posts.iter().filter(|post| post.workspace == place).collect();
            assert_eq!(posts.len(), planned.len(), "{}", workspace.name);
            assert!(
                posts.iter().rev().map(|post| &post.input.text).eq(planned.iter().map(|post| &post.text))
            );
            let having = |states: &[TargetState]| {
                let any = |post: &&&demo::PlannedPost| {
                    post.targets.iter().any(|target| states.contains(&target.fate.state()))
                };
                i64::try_from(planned.iter().filter(any).count()).unwrap()
            };
            let bare = i64::try_from(planned.iter().filter(|post| post.targets.is_empty()).count()).unwrap();
            let counts = server.app.services.posts.counts(actor).await.unwrap();
            assert_eq!(counts.published, having(&[TargetState::Published]), "{}", workspace.name);
            assert_eq!(counts.scheduled, having(&[TargetState::Scheduled]), "{}", workspace.name);
            assert_eq!(counts.drafts, having(&[TargetState::Draft]) + bare, "{}", workspace.name);
            let attention = [TargetState::Failed, TargetState::Unknown, TargetState::Missed];
            assert_eq!(counts.attention, having(&attention), "{}", workspace.name);
            for target in posts.iter().flat_map(|post| &post.targets) {
                assert_eq!(target.url.is_some(), target.state == TargetState::Published);
            }
        }
        assert_eq!(at_the_sandbox(sandbox).await.len(), plan.count(TargetState::Published));
        accounts_stand_as_planned(server, &camille).await;
        a_person_settles_what_nobody_knows(server, actor_in(&lea, "Corner Bakery")).await;
        Control::new(&sandbox.url()).post("control/reset", &Value::Null).await.unwrap();
    })
    .await;
}

async fn accounts_stand_as_planned(server: &TestServer, camille: &Session) {
    let of = async |workspace| server.app.services.accounts.list(actor_in(camille, workspace)).await.unwrap();
    let bakery = of("Corner Bakery").await;
    let linkedin = bakery.iter().find(|account| account.platform == Platform::LinkedIn).unwrap();
    assert_eq!((bakery.len(), linkedin.health), (7, Health::NeedsReconnect));
    assert_eq!(bakery.iter().filter(|account| account.health == Health::Active).count(), 6);
    assert_eq!(bakery.iter().filter(|account| account.platform == Platform::Facebook).count(), 2);
    assert!(bakery.iter().any(|account| account.label == "Workshops"));
    assert!(bakery.iter().all(|account| account.url.is_some()));
    assert!(of("Trail & Tide").await.iter().any(|account| account.health == Health::Paused));
    let actor = actor_in(camille, "Corner Bakery");
    for account in bakery.iter().filter(|account| account.health == Health::Active) {
        let checked = server.app.services.accounts.check(actor, account.id).await.unwrap();
        assert_eq!(checked.health, Health::Active, "the token is good: {checked:?}");
        assert_eq!((&checked.handle, &checked.name), (&account.handle, &account.name));
    }
}

async fn a_person_settles_what_nobody_knows(server: &TestServer, lea: Actor) {
    let posts = &server.app.services.posts;
    let filter = PostFilter { states: vec![TargetState::Unknown], ..PostFilter::default() };
    let asks = posts.list(lea, filter).await.unwrap().items.remove(0);
    let target = asks.targets.iter().find(|target| target.asks).unwrap();
    let settled = posts.resolve_unknown(lea, target.id, UnknownAnswer::Present { url: None }).await.unwrap();
    let state = settled.targets.iter().find(|one| one.id == target.id).unwrap().state;
    assert_eq!(state, TargetState::Published);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_is_killed_is_begun_anew() {
    each(async |server, sandbox| {
        let plan = plan(server, 6);
        let context = &server.app.context;
        let mut killed = Loader::begin(context, &sandbox.url(), &plan).await.unwrap();
        assert!(killed.next_batch().await.unwrap() && killed.next_batch().await.unwrap());
        drop(killed);
        assert!(server.app.services.auth.setup_needed().await.unwrap(), "nobody is there");
        let left = at_the_sandbox(sandbox).await.len();
        assert!(left > 100, "its past is there already: {left}");

        demo::load(context, &sandbox.url(), &plan).await.unwrap();
        let camille = sign_in(server, "demo@example.com").await;
        for (place, workspace) in plan.workspaces.iter().enumerate() {
            let posts = listed(server, actor_in(&camille, workspace.name)).await;
            let planned = plan.posts.iter().filter(|post| post.workspace == place).count();
            assert_eq!(posts.len(), planned, "{}", workspace.name);
        }
        assert_eq!(at_the_sandbox(sandbox).await.len(), plan.count(TargetState::Published));
        Control::new(&sandbox.url()).post("control/reset", &Value::Null).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_post_to_watch_goes_out_once() {
    each(async |server, sandbox| {
        let context = &server.app.context;
        demo::load(context, &sandbox.url(), &plan(server, 40)).await.unwrap();
        let lea = actor_in(&sign_in(server, "lea@example.com").await, "Corner Bakery");
        let cancel = CancellationToken::new();
        let options = WorkerOptions {
            name: "demo".to_owned(),
            serves: false,
            concurrency: 4,
            faults: Faults::default(),
            system_clock: None,
        };
        let worker = worker::start(context.clone(), options, cancel.clone());
        server.test.clock.advance(TimeDelta::minutes(4));
        context.wake.ring();
        let filter = PostFilter { search: "Fresh batch!".to_owned(), ..PostFilter::default() };
        let mut state = TargetState::Scheduled;
        for _ in 0..600 {
            let posts = server.app.services.posts.list(lea, filter.clone()).await.unwrap();
            state = posts.items[0].state;
            if state == TargetState::Published {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(state, TargetState::Published);
        cancel.cancel();
        worker.stopped().await;
        let fresh: Vec<_> = at_the_sandbox(sandbox)
            .await
            .into_iter()
            .filter(|post| post["text"].as_str().unwrap().starts_with("Fresh batch!"))
            .collect();
        assert_eq!(fresh.len(), 2, "{fresh:?}");
        assert!(
            fresh.iter().all(|post| post["attempts"] == 1 && post["media"].as_array().unwrap().len() == 1)
        );
        Control::new(&sandbox.url()).post("control/reset", &Value::Null).await.unwrap();
    })
    .await;
}
