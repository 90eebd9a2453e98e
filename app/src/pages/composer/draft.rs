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
    pub(super) text: RwSignal<String>,
    pub(super) chosen: RwSignal<Vec<AccountId>>,
    pub(super) tray: Tray,
    /// The value of the date-time field: wall time in the workspace's zone.
    pub(super) local: RwSignal<String>,
    accounts: StoredValue<Vec<AccountView>>,
}

impl Draft {
    /// `on`: the day that a new post is meant for.
    pub(super) fn of(start: &ComposerStart, on: Option<NaiveDate>, at: Option<NaiveTime>) -> Self {
        let post = start.post.as_ref();
        let input = post.map(|post| post.input.clone()).unwrap_or_default();
        let tiles = (0..)
            .zip(&input.media)
            .filter_map(|(key, media)| {
                let view = post?.media.iter().find(|view| view.id == media.media)?;
                Some(Tile::ready(key, view.clone(), media.alt.clone()))
            })
            .collect();
        let due = post.and_then(|post| post.due_at.as_ref());
        let local = due.map_or_else(|| offered(start.now.local, on, at), |due| due.local);
        Self {
            text: RwSignal::new(input.text),
            chosen: RwSignal::new(input.accounts),
            tray: Tray::new(tiles),
            local: RwSignal::new(format::machine(local)),
            accounts: StoredValue::new(start.accounts.clone()),
        }
    }

    /// As it would be saved now; images on their way are left out.
    pub(super) fn input(self) -> PostInput {
        PostInput {
            text: self.text.get(),
            media: self.tray.tiles.with(|tiles| tiles.iter().filter_map(Tile::post_media).collect()),
            accounts: self.chosen.get(),
            variants: Vec::new(),
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

    pub(super) fn facts(self) -> Vec<MediaFacts> {
        self.tray.tiles.with(|tiles| {
            tiles.iter().filter_map(|tile| tile.view().map(|view| MediaFacts::of(view, &tile.alt))).collect()
        })
    }

    pub(super) fn pictures(self) -> Vec<Picture> {
        self.tray.tiles.with(|tiles| {
            tiles
                .iter()
                .filter_map(|tile| {
                    let view = tile.view()?;
                    Some(Picture {
                        src: view.preview.clone(),
                        alt: tile.alt.clone(),
                        width: view.width,
                        height: view.height,
                    })
                })
                .collect()
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
