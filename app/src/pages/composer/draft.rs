use super::version::{Own, Tab, Version};
use crate::components::media_tray::{Tile, Tray};
use crate::components::post_preview::Picture;
use crate::format;
use crate::server_fns::posts::ComposerStart;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use leptos::prelude::*;
use model::account::AccountView;
use model::post::PostInput;
use model::text::MediaFacts;
use model::{AccountId, Platform};

/// What is being composed. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// What goes to every platform that has no version of its own.
    pub(super) common: Version,
    /// In the order of [`Platform::ALL`].
    own: [Own; Platform::ALL.len()],
    /// The version that is being written.
    pub(super) shown: RwSignal<Tab>,
    pub(super) chosen: RwSignal<Vec<AccountId>>,
    /// The value of the date-time field: wall time in the workspace's zone.
    pub(super) local: RwSignal<String>,
    accounts: StoredValue<Vec<AccountView>>,
}

impl Draft {
    /// `on`: the day that a new post is meant for.
    pub(super) fn of(start: &ComposerStart, on: Option<NaiveDate>, at: Option<NaiveTime>) -> Self {
        let post = start.post.as_ref();
        let input = post.map(|post| post.input.clone()).unwrap_or_default();
        let views = post.map(|post| post.media.as_slice()).unwrap_or_default();
        let due = post.and_then(|post| post.due_at.as_ref());
        let local = due.map_or_else(|| offered(start.now.local, on, at), |due| due.local);
        Self {
            common: Version::new("all", input.text, &input.media, views),
            own: Platform::ALL.map(|platform| Own::new(platform, &input.variants, views)),
            shown: RwSignal::new(Tab::All),
            chosen: RwSignal::new(input.accounts),
            local: RwSignal::new(format::machine(local)),
            accounts: StoredValue::new(start.accounts.clone()),
        }
    }

    /// As it would be saved now; images on their way are left out.
    pub(super) fn input(self) -> PostInput {
        PostInput {
            text: self.common.text.get(),
            media: self.common.media(),
            accounts: self.chosen.get(),
            variants: self.own.into_iter().filter_map(Own::variant).collect(),
        }
    }

    /// The accounts chosen, in the order in which the chips stand.
    pub(super) fn chosen_accounts(self) -> Vec<AccountView> {
        self.chosen.with(|chosen| {
            self.accounts.with_value(|all| all.iter().filter(|a| chosen.contains(&a.id)).cloned().collect())
        })
    }

    /// Each platform that the post goes to, once.
    pub(super) fn platforms(self) -> Vec<Platform> {
        let chosen = self.chosen_accounts();
        Platform::PUBLISHING
            .into_iter()
            .filter(|platform| chosen.iter().any(|a| a.platform == *platform))
            .collect()
    }

    /// The platform's own version, whether it is on or not.
    pub(super) fn own(self, platform: Platform) -> Own {
        let place = Platform::ALL.iter().position(|other| *other == platform).unwrap_or_default();
        self.own[place]
    }

    /// Where there is something to write, in order.
    pub(super) fn tabs(self) -> Vec<Tab> {
        let own = self.own.into_iter().filter(|own| own.on.get()).map(|own| Tab::Own(own.platform));
        std::iter::once(Tab::All).chain(own).collect()
    }

    /// Where the text for a platform is written.
    pub(super) fn text_tab(self, platform: Platform) -> Tab {
        if self.own(platform).on.get() { Tab::Own(platform) } else { Tab::All }
    }

    /// Where the images for a platform are chosen.
    pub(super) fn images_tab(self, platform: Platform) -> Tab {
        if self.own(platform).has_images() { Tab::Own(platform) } else { Tab::All }
    }

    /// What is written in a tab. The images may be those of [`Tab::All`]: see [`Self::images_tab`].
    pub(super) fn version(self, tab: Tab) -> Version {
        match tab {
            Tab::All => self.common,
            Tab::Own(platform) => self.own(platform).version,
        }
    }

    pub(super) fn text_for(self, platform: Platform) -> String {
        self.version(self.text_tab(platform)).text.get()
    }

    pub(super) fn tray_for(self, platform: Platform) -> Tray {
        self.version(self.images_tab(platform)).tray
    }

    /// Where images go that are dropped or pasted now.
    pub(super) fn shown_tray(self) -> Tray {
        untrack(|| match self.shown.get() {
            Tab::All => self.common.tray,
            Tab::Own(platform) => self.tray_for(platform),
        })
    }

    /// Gives a platform a version of its own, which begins as what all have.
    pub(super) fn customise(self, platform: Platform) {
        let own = self.own(platform);
        if !own.on.get_untracked() {
            own.version.text.set(self.common.text.get_untracked());
            own.images.set(false);
            own.on.set(true);
        }
        self.shown.set(Tab::Own(platform));
    }

    /// The platform gets what all have again.
    pub(super) fn remove_own(self, platform: Platform) {
        self.shown.set(Tab::All);
        self.own(platform).on.set(false);
    }

    /// Whether removing the platform's version loses something.
    pub(super) fn differs(self, platform: Platform) -> bool {
        let own = self.own(platform);
        untrack(|| own.version.text.get() != self.common.text.get() || own.images_differ(self.common))
    }

    /// Lets a platform's images be chosen apart from those for all, with which they begin.
    pub(super) fn choose_images(self, platform: Platform) {
        let own = self.own(platform);
        own.version.tray.fill_from(self.common.tray);
        own.images.set(true);
    }

    pub(super) fn facts(self, platform: Platform) -> Vec<MediaFacts> {
        self.tray_for(platform).tiles.with(|tiles| tiles.iter().filter_map(Tile::facts).collect())
    }

    pub(super) fn pictures(self, platform: Platform) -> Vec<Picture> {
        self.tray_for(platform).tiles.with(|tiles| {
            tiles.iter().filter_map(|tile| Some(Picture::of(tile.view()?, &tile.post_media()?))).collect()
        })
    }

    /// The time chosen, if the field holds one.
    pub(super) fn time(self) -> Option<NaiveDateTime> {
        self.local.with(|value| parse_local(value))
    }
}

/// The value of a date-time field; some browsers add seconds.
pub(crate) fn parse_local(value: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%M:%S"))
        .ok()
}

/// What the field offers at first: the time that is meant, if it is still to come; nine o'clock on the day that is meant; or the full
/// hour after the next.
fn offered(now: NaiveDateTime, on: Option<NaiveDate>, at: Option<NaiveTime>) -> NaiveDateTime {
    let meant = on.and_then(|on| Some(on.and_time(at?))).filter(|meant| *meant > now);
    let morning = on.and_then(|on| on.and_hms_opt(9, 0, 0)).filter(|morning| *morning > soon(now));
    meant.or(morning).unwrap_or_else(|| soon(now))
}

/// The full hour after the next.
fn soon(now: NaiveDateTime) -> NaiveDateTime {
    let hour =
        now.with_minute(0).and_then(|t| t.with_second(0)).and_then(|t| t.with_nanosecond(0)).unwrap_or(now);
    hour + TimeDelta::hours(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_offered_is_a_full_hour_ahead() {
        let now: NaiveDateTime = "2026-11-21T23:18:09.5".parse().expect("a time");
        let on = |day: &str| offered(now, day.parse().ok(), None).to_string();
        let at = |day: &str, time: &str| offered(now, day.parse().ok(), time.parse().ok()).to_string();
        assert_eq!(at("2026-11-28", "14:15:00"), "2026-11-28 14:15:00");
        assert_eq!(at("2026-11-21", "23:30:00"), "2026-11-21 23:30:00", "soon, but meant");
        assert_eq!(at("2026-11-20", "14:15:00"), on(""), "over by now");
        assert_eq!(on("2026-11-28"), "2026-11-28 09:00:00");
        assert_eq!(
            (on("2026-11-20"), on("")),
            ("2026-11-22 01:00:00".to_owned(), "2026-11-22 01:00:00".to_owned())
        );
        assert_eq!(format::machine(soon(now)), "2026-11-22T01:00");
    }

    #[test]
    fn a_field_with_and_without_seconds_is_read() {
        assert_eq!(parse_local("2026-11-21T23:18"), parse_local("2026-11-21T23:18:00"));
        assert_eq!(parse_local(""), None);
    }
}
