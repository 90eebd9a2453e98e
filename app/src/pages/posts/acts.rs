//! What can be done about posts and targets, and the one dialog that asks first.

use crate::format;
use crate::pages::composer::parse_local;
use crate::server_fns::posts::{
    cancel_post, cancel_target, delete_post, delete_remote, duplicate_post, reschedule_post, resolve_unknown,
    retry_target,
};
use crate::state::{use_over_page, use_page_facts, use_toasts, use_words};
use crate::words::{Words, describe};
use chrono::NaiveDateTime;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use model::post::{PostView, TargetView, UnknownAnswer, When};
use model::state::Event;
use model::{ApiResult, Permission, Platform, PostId, TargetId, TargetState};
use std::future::Future;
use ui::{Button, ButtonKind, Dialog, Field, Tone};

/// A question before an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    Move(PostId),
    Now(PostId),
    Cancel(PostId),
    Delete(PostId),
    RetryAt(TargetId),
    Remote(TargetId, Platform),
    /// Of a post that was deleted here, if the second is true.
    Present(TargetId, bool),
    Absent(TargetId, bool),
}

/// The acts of a page. Copied freely; by context.
#[derive(Clone, Copy)]
pub(crate) struct Acts {
    /// What is being asked.
    pub(crate) asking: RwSignal<Option<Ask>>,
    /// An act is under way.
    pub(crate) busy: RwSignal<bool>,
    /// Loads the page's posts again.
    changed: Callback<()>,
    /// After a post is gone.
    gone: Callback<()>,
    words: Words,
    toasts: ui::Toasts,
    open: Callback<PostId>,
    /// The person's role allows it.
    pub(crate) allowed: bool,
}

impl Acts {
    /// `changed` loads again what the page shows; `gone` follows a deletion.
    pub(crate) fn new(changed: Callback<()>, gone: Callback<()>) -> Self {
        let navigate = use_navigate();
        let over = use_over_page();
        let facts = use_page_facts();
        let role = facts.session.as_ref().and_then(|session| session.membership().map(|m| m.role));
        Self {
            asking: RwSignal::new(None),
            busy: RwSignal::new(false),
            changed,
            gone,
            words: use_words(),
            toasts: use_toasts(),
            open: Callback::new(move |post: PostId| {
                let sheet = format!("/posts/{post}/edit");
                if !over.open(&sheet) {
                    navigate(&sheet, leptos_router::NavigateOptions::default());
                }
            }),
            allowed: role.is_some_and(|role| role.allows(Permission::Publish)),
        }
    }

    /// Runs an act once, then says so and loads the page's posts again; a failure is said in words.
    fn run<T: 'static>(
        self,
        act: impl Future<Output = ApiResult<T>> + 'static,
        done: &'static str,
        then: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let result = act.await;
            if self.busy.try_set(false).is_some() {
                // The page is gone.
                return;
            }
            match result {
                Ok(value) => {
                    self.toasts.show(Tone::Good, done);
                    then(value);
                }
                Err(error) => {
                    let told = describe(self.words, &error);
                    self.toasts.show(Tone::Bad, format!("{} {}", told.title, told.text));
                }
            }
            self.changed.run(());
        });
    }

    pub(crate) fn retry_now(self, target: TargetId) {
        self.run(retry_target(target, When::Now), self.words.posts().done_sent(), drop);
    }

    pub(crate) fn cancel_target(self, target: TargetId) {
        self.run(cancel_target(target), self.words.posts().done_cancelled(), drop);
    }

    /// Leaves what could not be deleted at the platforms.
    pub(crate) fn dismiss(self, post: PostId) {
        let gone = self.gone;
        self.run(delete_post(post), self.words.posts().done_answered(), move |()| gone.run(()));
    }

    pub(crate) fn duplicate(self, post: PostId) {
        let open = self.open;
        self.run(duplicate_post(post), self.words.posts().done_duplicated(), move |copy: PostView| {
            open.run(copy.id);
        });
    }

    /// Does what was asked, with the time or the address given.
    fn answer(self, ask: Ask, time: Option<NaiveDateTime>, zone: String, url: String) {
        let w = self.words.posts();
        let when = time.map(|local| When::At { local, zone });
        match ask {
            Ask::Move(post) => {
                if let Some(when) = when {
                    self.run(reschedule_post(post, when), w.done_moved(), drop);
                }
            }
            Ask::RetryAt(target) => {
                if let Some(when) = when {
                    self.run(retry_target(target, when), w.done_moved(), drop);
                }
            }
            Ask::Now(post) => self.run(reschedule_post(post, When::Now), w.done_sent(), drop),
            Ask::Cancel(post) => self.run(cancel_post(post), w.done_cancelled(), drop),
            Ask::Delete(post) => {
                let gone = self.gone;
                self.run(delete_post(post), w.done_deleted(), move |()| gone.run(()));
            }
            Ask::Remote(target, _) => {
                let gone = self.gone;
                self.run(delete_remote(target), w.done_remote(), move |post: PostView| {
                    if post.deleted {
                        gone.run(());
                    }
                });
            }
            Ask::Present(target, _) => {
                let url = (!url.trim().is_empty()).then(|| url.trim().to_owned());
                self.run(resolve_unknown(target, UnknownAnswer::Present { url }), w.done_answered(), drop);
            }
            Ask::Absent(target, _) => {
                self.run(resolve_unknown(target, UnknownAnswer::Absent), w.done_answered(), drop);
            }
        }
    }
}

/// Which acts a post's state leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Possible {
    pub(crate) edit: bool,
    pub(crate) reschedule: bool,
    pub(crate) cancel: bool,
    pub(crate) delete: bool,
    /// It is deleted here and shown for what is left at a platform.
    pub(crate) dismiss: bool,
}

impl Possible {
    pub(crate) fn of(post: &PostView) -> Self {
        let any = |event| post.targets.iter().any(|target| target.state.apply(event).is_ok());
        Self {
            edit: !post.deleted && post.targets.iter().all(|target| target.state.is_editable()),
            reschedule: !post.deleted && any(Event::Move),
            cancel: !post.deleted && post.targets.iter().any(|target| target.state == TargetState::Scheduled),
            delete: !post.deleted,
            dismiss: post.deleted && !post.targets.iter().any(|target| target.asks),
        }
    }
}

/// What can be done about one target, by its state.
#[component]
pub(crate) fn TargetActs(target: TargetView, acts: Acts) -> impl IntoView {
    use TargetState as S;
    let w = use_words().posts();
    let id = target.id;
    let platform = target.platform;
    let asks = move |ask: Ask| move |_| acts.asking.set(Some(ask.clone()));
    let button = |label: &'static str, press: Callback<leptos::ev::MouseEvent>| {
        view! {
            <Button small=true on_press=press>
                {label}
            </Button>
        }
        .into_any()
    };
    let mut buttons = Vec::new();
    if acts.allowed {
        if matches!(target.state, S::Failed | S::Missed | S::Cancelled) {
            buttons.push(button(w.retry_now(), Callback::new(move |_| acts.retry_now(id))));
            buttons.push(button(w.retry_at(), Callback::new(asks(Ask::RetryAt(id)))));
        }
        if matches!(target.state, S::Failed | S::Missed) {
            buttons.push(button(w.cancel_target(), Callback::new(move |_| acts.cancel_target(id))));
        }
        if target.state == S::Scheduled {
            buttons.push(button(w.cancel_one(), Callback::new(move |_| acts.cancel_target(id))));
        }
        if target.state == S::Unknown && target.asks {
            buttons.push(button(w.present(), Callback::new(asks(Ask::Present(id, target.delete_requested)))));
            buttons.push(button(w.absent(), Callback::new(asks(Ask::Absent(id, target.delete_requested)))));
        }
        if target.state == S::Published && target.deleted_at.is_none() && !target.delete_requested {
            buttons.push(button(w.delete_remote(), Callback::new(asks(Ask::Remote(id, platform)))));
        }
    }
    buttons
}

/// The words of a question.
struct Question {
    title: String,
    text: &'static str,
    act: String,
    danger: bool,
    /// Asks for a time.
    time: bool,
    /// Asks for the post's address.
    url: bool,
}

fn question(words: Words, ask: &Ask) -> Question {
    let w = words.posts();
    let plain = |title: &str, text, act: &str| Question {
        title: title.to_owned(),
        text,
        act: act.to_owned(),
        danger: false,
        time: false,
        url: false,
    };
    match ask {
        Ask::Move(_) => Question { time: true, ..plain(w.move_title(), w.move_text(), w.move_act()) },
        Ask::RetryAt(_) => Question { time: true, ..plain(w.retry_title(), w.retry_text(), w.retry_act()) },
        Ask::Now(_) => plain(w.now_title(), w.now_text(), w.now_act()),
        Ask::Cancel(_) => {
            Question { danger: true, ..plain(w.cancel_title(), w.cancel_text(), w.cancel_act()) }
        }
        Ask::Delete(_) => {
            Question { danger: true, ..plain(w.delete_title(), w.delete_text(), w.delete_act()) }
        }
        Ask::Remote(_, platform) => Question {
            danger: true,
            ..plain(&w.remote_title(platform.name()), w.remote_text(), &w.remote_act(platform.name()))
        },
        Ask::Present(_, true) => plain(w.present_title(), w.present_deleted_text(), w.present_act()),
        Ask::Present(..) => {
            Question { url: true, ..plain(w.present_title(), w.present_text(), w.present_act()) }
        }
        Ask::Absent(_, true) => plain(w.absent_title(), w.absent_deleted_text(), w.absent_deleted_act()),
        Ask::Absent(..) => {
            Question { danger: true, ..plain(w.absent_title(), w.absent_text(), w.absent_act()) }
        }
    }
}

/// The dialog of a page's acts. `zone` names the workspace's zone, `suggested` is what the date-time field starts with.
#[component]
pub(crate) fn AskDialog(acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let zone =
        use_page_facts().session.and_then(|s| s.membership().map(|m| m.zone.clone())).unwrap_or_default();
    let open = RwSignal::new(false);
    let asked = RwSignal::new(None::<Ask>);
    let fault = RwSignal::new(None::<String>);
    let time = NodeRef::<html::Input>::new();
    let url = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(ask) = acts.asking.get() {
            // Kept while the dialog closes, so that its words don't vanish first.
            asked.set(Some(ask));
            fault.set(None);
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            acts.asking.set(None);
        }
    });
    let title =
        Signal::derive(move || asked.get().map(|ask| question(words, &ask).title).unwrap_or_default());
    let hint = w.when_hint(&zone);
    let zone = StoredValue::new(zone);
    let answer = move || {
        let Some(ask) = asked.get_untracked() else { return };
        let value = |field: NodeRef<html::Input>| {
            field.get_untracked().map(|field| field.value()).unwrap_or_default()
        };
        let at = parse_local(&value(time));
        if question(words, &ask).time && at.is_none() {
            fault.set(Some(words.problems().bad_time().to_owned()));
            return;
        }
        open.set(false);
        acts.answer(ask, at, zone.get_value(), value(url));
    };
    let body = move || {
        asked.get().map(|ask| {
            let Question { text, act, danger, time: asks_time, url: asks_url, .. } = question(words, &ask);
            let kind = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
            view! {
                <p>{text}</p>
                {asks_time
                    .then(|| {
                        view! {
                            <Field
                                label=w.when()
                                name="ask-when"
                                kind="datetime-local"
                                hint=hint.clone()
                                error=fault
                                node_ref=time
                            />
                        }
                    })}
                {asks_url.then(|| view! { <Field label=w.present_url() name="ask-url" kind="url" node_ref=url /> })}
                <div class="dialog-foot">
                    <Button on_press=move |_| open.set(false)>
                        {if danger { w.keep() } else { words.common().cancel() }}
                    </Button>
                    <Button kind on_press=move |_| answer()>
                        {act}
                    </Button>
                </div>
            }
        })
    };
    view! {
        <Dialog id="ask" open title close_label=words.common().close()>
            {body}
        </Dialog>
    }
    .into_any()
}

/// The first words of a post, to name it by.
pub(crate) fn first_words(words: Words, text: &str) -> String {
    const MOST: usize = 120;
    let line = model::text::first_words(text, MOST);
    if line.is_empty() { words.posts().no_text().to_owned() } else { line }
}

/// `count` of a tab; nothing for zero.
pub(crate) fn tab_count(words: Words, count: i64) -> Option<String> {
    u64::try_from(count).ok().filter(|count| *count > 0).map(|count| format::count(words.0, count))
}
