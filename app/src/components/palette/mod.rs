//! The command palette: one field that finds places, acts, accounts and posts, by keys alone. It comes as a part of its own and
//! remembers nothing.

mod entry;
mod finding;
mod list;
mod marked;

use crate::components::frame::Overlays;
use crate::components::tell;
use crate::server_fns::preferences::SetLocale;
use crate::server_fns::statistics::SyncNow;
use crate::state::{set_theme, use_over_page, use_page_facts, use_words};
use entry::{Act, Entry, Group, Step};
use finding::Finding;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use list::{Hints, Outcome, Rows, row_id};
use ui::{ButtonKind, Icon, IconButton, lucide};

const COMPOSER: &str = "/compose";

/// What the field and the list share. Copied freely.
#[derive(Clone, Copy)]
struct Palette {
    finding: Finding,
    groups: Memo<Vec<Group>>,
    /// The row that Enter takes.
    active: RwSignal<usize>,
    take: Callback<Act>,
}

impl Palette {
    fn entry(self, row: usize) -> Option<Entry> {
        self.groups.with_untracked(|groups| groups.iter().flat_map(|group| &group.entries).nth(row).cloned())
    }

    fn count(self) -> usize {
        self.groups.with(|groups| groups.iter().map(|group| group.entries.len()).sum())
    }

    /// The active row, once there is one.
    fn active_row(self) -> Option<usize> {
        let last = self.count().checked_sub(1)?;
        Some(self.active.get().min(last))
    }

    /// To the next row or the one before, and around.
    fn step(self, forward: bool) {
        let Some(active) = untrack(|| self.active_row()) else { return };
        let count = untrack(|| self.count());
        let by = if forward { 1 } else { count - 1 };
        self.active.set((active + by) % count);
    }

    fn press(self, event: &KeyboardEvent) {
        // Somebody chooses among the words of an input method.
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => self.step(true),
            "ArrowUp" => self.step(false),
            "Enter" => {
                if let Some(entry) = untrack(|| self.active_row()).and_then(|row| self.entry(row)) {
                    self.take.run(entry.act);
                }
            }
            "Backspace" if self.finding.is_empty() => return self.finding.begin(Step::All),
            _ => return,
        }
        event.prevent_default();
    }
}

/// The dialog, opened by the frame.
#[component]
pub(crate) fn PaletteDialog(overlays: Overlays) -> impl IntoView {
    let words = use_words();
    let w = words.palette();
    let element = NodeRef::<html::Dialog>::new();
    let field = NodeRef::<html::Input>::new();
    let finding = Finding::new();
    let role = use_page_facts().session.and_then(|session| session.membership().map(|here| here.role));
    let groups = Memo::new(move |_| entry::groups(words, role, &finding.looked_for()));
    let active = RwSignal::new(0);
    let palette = Palette { finding, groups, active, take: taking(overlays, finding) };
    // Another text has other rows.
    Effect::new(move || {
        finding.text.track();
        finding.step.track();
        active.set(0);
    });
    Effect::new(move || {
        let Some(dialog) = element.get() else { return };
        if overlays.palette.get() {
            finding.begin(Step::All);
            ui::leave_menu();
            // Fails only for a dialog that is open already.
            drop(dialog.show_modal());
        } else {
            dialog.close();
        }
    });
    // Where a step began, there is more to type.
    Effect::new(move || {
        finding.step.track();
        if let Some(field) = field.get() {
            // Fails only for a field that is gone.
            drop(field.focus());
        }
    });
    let expanded = move || if palette.count() == 0 { "false" } else { "true" };
    let placeholder = move || match finding.step.get() {
        Step::All => w.placeholder(),
        Step::Sync => w.sync_which(),
    };
    view! {
        <dialog
            class="palette"
            id="command-palette"
            aria-label=w.title()
            closedby="any"
            node_ref=element
            on:close=move |_| {
                overlays.palette.set(false);
                finding.forget();
            }
        >
            <div class="palette-head">
                <Icon shape=lucide::SEARCH large=true />
                <input
                    class="palette-field"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="go"
                    maxlength="200"
                    autofocus=true
                    aria-label=placeholder
                    aria-autocomplete="list"
                    aria-controls="palette-rows"
                    aria-expanded=expanded
                    aria-activedescendant=move || palette.active_row().map(row_id)
                    placeholder=placeholder
                    node_ref=field
                    prop:value=finding.text
                    on:input=move |event| finding.look_for(event_target_value(&event))
                    on:keydown=move |event| palette.press(&event)
                />
                <IconButton
                    icon=lucide::X
                    label=words.common().close()
                    kind=ButtonKind::Quiet
                    small=true
                    on_press=move |_| overlays.palette.set(false)
                />
            </div>
            <Rows palette />
            <Outcome palette />
            <Hints />
        </dialog>
    }
    .into_any()
}

/// Does what was chosen.
fn taking(overlays: Overlays, finding: Finding) -> Callback<Act> {
    let words = use_words();
    let over = use_over_page();
    let navigate = use_navigate();
    let here = use_location();
    let speak = ServerAction::<SetLocale>::new();
    let sync = ServerAction::<SyncNow>::new();
    let theme = set_theme();
    tell(sync, move |_| words.palette().sync_begun().to_owned(), || ());
    Callback::new(move |act| {
        if let Act::Ask(step) = act {
            return finding.begin(step);
        }
        // The focus goes back first, so that what follows finds it there.
        overlays.palette.set(false);
        let navigate = navigate.clone();
        // After the dialog has closed.
        request_animation_frame(move || match act {
            Act::Go(address) => navigate(&address, NavigateOptions::default()),
            Act::Compose => {
                if !over.open(COMPOSER) {
                    navigate(COMPOSER, NavigateOptions::default());
                }
            }
            Act::Keys => overlays.keys.set(true),
            Act::Theme(chosen) => theme.run(chosen),
            Act::Language(locale) => {
                let search = here.search.get_untracked();
                let mark = if search.is_empty() { "" } else { "?" };
                let next = format!("{}{mark}{search}", here.pathname.get_untracked());
                speak.dispatch(SetLocale { locale, next });
            }
            Act::Sync(account) => {
                sync.dispatch(SyncNow { account });
            }
            Act::Ask(_) => {}
        });
    })
}
