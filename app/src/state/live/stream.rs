//! The one stream of changes that a browser has open, however many pages of ours it shows.
//!
//! With HTTP/1.1 a browser has six connections to a server for all its pages, so each page can't have a stream of its own. Of
//! the pages that are seen, the one that holds a lock has it, and tells the others. Where there are no locks (plain http), each
//! page that is seen has a stream. A page that is hidden listens to nothing: what it missed is in the first message when it is
//! seen again, which also serves a page that comes back from the browser's cache.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::serde_json;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use model::WorkspaceId;
use model::live::Tally;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use web_sys::{BroadcastChannel, EventSource, MessageEvent};

/// Where the stream is.
const ADDRESS: &str = "/events";
/// What a page says to the others of its browser that wants to know the latest numbers.
const QUESTION: &str = "?";
/// Until the first try after the stream broke off; each later wait is twice as long.
const WAIT: Duration = Duration::from_secs(1);
const MOST_DOUBLINGS: u32 = 4;

/// Listens to the changes of the workspace, as long as the document lives.
pub(super) fn listen(workspace: WorkspaceId, told: Callback<Tally>) {
    let page = Rc::new(Page {
        workspace,
        told,
        handlers: OnceCell::new(),
        seen: Cell::new(false),
        queued: Cell::new(false),
        over: Cell::new(false),
        failures: Cell::new(0),
        channel: RefCell::default(),
        source: RefCell::default(),
        lock: RefCell::default(),
        retry: Cell::new(None),
        last: RefCell::default(),
    });
    // The first and only time.
    drop(page.handlers.set(Handlers::of(&page)));
    for (event, seen) in [("visibilitychange", true), ("pageshow", true), ("pagehide", false)] {
        let page = Rc::clone(&page);
        drop(window_event_listener_untyped(event, move |_| page.look(seen)));
    }
    page.look(true);
}

/// This page among those of its browser. It is never dropped.
struct Page {
    workspace: WorkspaceId,
    told: Callback<Tally>,
    handlers: OnceCell<Handlers>,
    seen: Cell<bool>,
    /// It waits for the lock.
    queued: Cell<bool>,
    /// The server has nothing more to tell this page.
    over: Cell<bool>,
    /// Since the last message.
    failures: Cell<u32>,
    channel: RefCell<Option<BroadcastChannel>>,
    source: RefCell<Option<EventSource>>,
    /// Lets the lock go.
    lock: RefCell<Option<Function>>,
    retry: Cell<Option<TimeoutHandle>>,
    /// The last message, as others want to hear it.
    last: RefCell<Option<String>>,
}

impl Page {
    fn look(self: &Rc<Self>, may_be_seen: bool) {
        let seen = may_be_seen && !document().hidden() && !self.over.get();
        if self.seen.replace(seen) == seen {
            return;
        }
        if seen { self.join() } else { self.leave() }
    }

    /// Waits for its turn to have the stream, and hears from the page that has it.
    fn join(self: &Rc<Self>) {
        let Some(handlers) = self.handlers.get() else { return };
        let name = format!("fanfare-live-{}", self.workspace);
        let (Some(locks), Ok(channel)) = (locks(), BroadcastChannel::new(&name)) else { return self.open() };
        channel.set_onmessage(Some(handlers.heard.as_ref().unchecked_ref()));
        say(&channel, QUESTION);
        self.channel.replace(Some(channel));
        if self.queued.replace(true) {
            return;
        }
        let page = Rc::clone(self);
        let granted = Closure::once_into_js(move |_: JsValue| page.lead());
        let request = Reflect::get(&locks, &"request".into()).and_then(JsCast::dyn_into::<Function>);
        let held = request.and_then(|request| request.call2(&locks, &name.into(), &granted));
        match held.and_then(JsCast::dyn_into::<Promise>) {
            // Refused where nothing may be kept: then as if there were no locks.
            Ok(held) => drop(held.catch(&handlers.refused)),
            Err(_) => self.open(),
        }
    }

    fn refused(self: &Rc<Self>) {
        self.queued.set(false);
        self.open();
    }

    /// Has the lock until the promise is kept.
    fn lead(self: &Rc<Self>) -> JsValue {
        self.queued.set(false);
        if !self.seen.get() {
            return JsValue::UNDEFINED;
        }
        self.open();
        Promise::new(&mut |release, _| drop(self.lock.replace(Some(release)))).into()
    }

    fn leave(&self) {
        self.close();
        if let Some(channel) = self.channel.take() {
            channel.close();
        }
        if let Some(release) = self.lock.take() {
            // A promise can always be kept.
            drop(release.call0(&JsValue::UNDEFINED));
        }
    }

    fn open(self: &Rc<Self>) {
        let Some(handlers) = self.handlers.get().filter(|_| self.seen.get()) else { return };
        self.close();
        let Ok(source) = EventSource::new(&format!("{ADDRESS}?workspace={}", self.workspace)) else { return };
        for (event, handler) in
            [("changed", &handlers.changed), ("again", &handlers.again), ("over", &handlers.over)]
        {
            // Fails only for what is no function.
            drop(source.add_event_listener_with_callback(event, handler.as_ref().unchecked_ref()));
        }
        source.set_onerror(Some(handlers.again.as_ref().unchecked_ref()));
        self.source.replace(Some(source));
    }

    fn close(&self) {
        if let Some(timer) = self.retry.take() {
            timer.clear();
        }
        if let Some(source) = self.source.take() {
            source.close();
        }
    }

    fn changed(&self, message: &MessageEvent) {
        self.failures.set(0);
        if let Some(words) = message.data().as_string() {
            self.tell(&words);
            if let Some(channel) = &*self.channel.borrow() {
                say(channel, &words);
            }
            self.last.replace(Some(words));
        }
    }

    /// A word of another page of this browser.
    fn heard(&self, message: &MessageEvent) {
        match message.data().as_string() {
            Some(words) if words == QUESTION => {
                let last = self.last.borrow();
                let channel = self.channel.borrow();
                if let (Some(last), Some(channel), true) = (&*last, &*channel, self.lock.borrow().is_some()) {
                    say(channel, last);
                }
            }
            Some(words) => self.tell(&words),
            None => {}
        }
    }

    fn tell(&self, words: &str) {
        // A page of another version may say something else.
        if let Ok(tally) = serde_json::from_str(words) {
            self.told.run(tally);
        }
    }

    /// The stream broke off, or its server stops. The browser's own way of connecting again ends with the first refusal of a proxy.
    fn open_again(self: &Rc<Self>) {
        self.close();
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let page = Rc::clone(self);
        let wait = WAIT * 2_u32.pow(failures.min(MOST_DOUBLINGS));
        // Without a timer the page hears again when it is hidden and seen again.
        self.retry.set(set_timeout_with_handle(move || page.open(), wait).ok());
    }

    fn end(&self) {
        self.over.set(true);
        self.seen.set(false);
        self.leave();
    }
}

/// What the browser calls.
struct Handlers {
    changed: Closure<dyn Fn(MessageEvent)>,
    again: Closure<dyn Fn(MessageEvent)>,
    over: Closure<dyn Fn(MessageEvent)>,
    heard: Closure<dyn Fn(MessageEvent)>,
    refused: Closure<dyn FnMut(JsValue)>,
}

impl Handlers {
    fn of(page: &Rc<Page>) -> Self {
        let page = || Rc::clone(page);
        let (changed, again, over, heard, refused) = (page(), page(), page(), page(), page());
        Self {
            changed: Closure::new(move |message| changed.changed(&message)),
            again: Closure::new(move |_| again.open_again()),
            over: Closure::new(move |_| over.end()),
            heard: Closure::new(move |message| heard.heard(&message)),
            refused: Closure::new(move |_| refused.refused()),
        }
    }
}

/// The browser's locks; none on plain http.
fn locks() -> Option<JsValue> {
    // Stable in browsers, not yet in web-sys.
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    (!locks.is_undefined()).then_some(locks)
}

fn say(channel: &BroadcastChannel, words: &str) {
    // Fails only for a channel that is closed.
    drop(channel.post_message(&words.into()));
}
