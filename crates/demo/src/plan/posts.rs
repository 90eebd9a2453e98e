//! All posts: the past, the weeks ahead, drafts, and the one to watch.

use super::compose::Composer;
use super::drafts::DRAFTS;
use super::{AHEAD, Fate, HISTORY, PlannedPost, PlannedTarget, PlannedWorkspace, Size, crowd, fates, rhythm};
use crate::draw::Draw;
use crate::teams::{Language, Standing, TEAMS, Team};
use chrono::{DateTime, Datelike as _, NaiveDate, SubsecRound as _, TimeDelta, Utc};
use model::Platform;
use model::post::Variant;

/// Posts are written so long before they go out.
const LEAD: TimeDelta = TimeDelta::hours(5);
/// What is still to come was written within the last days.
const PLANNING: TimeDelta = TimeDelta::days(9);

/// Posts more of the first team, for [`Size::BusyMonth`].
const BUSY: usize = 5_000;
/// In all, for [`Size::Large`].
const LARGE: usize = 100_000;

pub(super) fn all(
    size: Size,
    seed: u64,
    now: DateTime<Utc>,
    workspaces: &[PlannedWorkspace],
) -> Vec<PlannedPost> {
    let mut posts = Vec::new();
    let mut normal = 0;
    for (place, team) in TEAMS.iter().enumerate() {
        let mut desk = Desk::new(seed, now, place, team, &workspaces[place]);
        let mut own = desk.usual();
        if place == 0 {
            own.push(desk.watched());
        }
        normal += own.len() + team.drafts;
        if place == 0 && size == Size::BusyMonth {
            own.extend(desk.busy_month(BUSY));
        }
        if place == crowd::HOST && size == Size::Large {
            own.extend(desk.crowd(LARGE.saturating_sub(normal)));
        }
        desk.put_in_order(&mut own);
        fates::trouble(place, team, now, &mut own);
        own.extend(desk.drafts());
        posts.extend(own);
    }
    posts.sort_by_key(|post| (post.created_at, post.id));
    posts
}

/// Where one team's posts are planned.
struct Desk<'t> {
    seed: u64,
    now: DateTime<Utc>,
    today: NaiveDate,
    place: usize,
    team: &'t Team,
    workspace: &'t PlannedWorkspace,
    ids: Draw,
    targets: i64,
}

impl<'t> Desk<'t> {
    fn new(
        seed: u64,
        now: DateTime<Utc>,
        place: usize,
        team: &'t Team,
        workspace: &'t PlannedWorkspace,
    ) -> Self {
        let today = service::zones::local_time(now, team.zone).local.date();
        let ids = Draw::new(seed, &format!("ids of {}", team.name));
        Self { seed, now, today, place, team, workspace, ids, targets: 0 }
    }

    fn draw(&self, purpose: &str) -> Draw {
        Draw::new(self.seed, &format!("{purpose}, {}", self.team.name))
    }

    /// The past and the weeks ahead.
    fn usual(&mut self) -> Vec<PlannedPost> {
        let mut draw = self.draw("rhythm");
        let ahead = rhythm::ahead(self.team, self.today, AHEAD, &mut draw);
        let others = ahead.iter().sum::<usize>() + self.team.drafts + usize::from(self.place == 0);
        let past = self.team.posts.saturating_sub(others);
        let behind = rhythm::behind(self.team, self.today, HISTORY, past, &mut draw);
        let counts: Vec<usize> = behind.into_iter().chain(ahead).collect();
        let mut composer = Composer::new(self.team, self.workspace, self.seed, "texts");
        self.over(-HISTORY, &counts, &mut draw, &mut composer, |desk, day, draw| {
            desk.still_there(draw.weighted(desk.team.mixes), day)
        })
    }

    /// Many posts more in the present month, as by a team that plans a whole campaign.
    fn busy_month(&mut self, total: usize) -> Vec<PlannedPost> {
        let first = self.today.with_day(1).unwrap_or(self.today);
        let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
        let days = usize::try_from((next - first).num_days()).unwrap_or(30);
        let mut draw = self.draw("busy month");
        let counts = rhythm::evenly(days, total, &mut draw);
        let mut composer = Composer::new(self.team, self.workspace, self.seed, "busy texts");
        let from = (first - self.today).num_days();
        self.over(from, &counts, &mut draw, &mut composer, |desk, day, draw| {
            desk.still_there(draw.weighted(desk.team.mixes), day)
        })
    }

    /// The posts of the agency's clients.
    fn crowd(&mut self, total: usize) -> Vec<PlannedPost> {
        let mut draw = self.draw("crowd");
        let days = usize::try_from(HISTORY + AHEAD + 1).unwrap_or(1);
        let counts = rhythm::evenly(days, total, &mut draw);
        let mut composer = Composer::new(self.team, self.workspace, self.seed, "crowd texts");
        let (first, number) = (self.team.profiles.len(), self.workspace.accounts.len());
        self.over(-HISTORY, &counts, &mut draw, &mut composer, |_, _, draw| {
            let one = first + draw.below(number - first);
            if draw.percent(40) && one + 1 < number { vec![one, one + 1] } else { vec![one] }
        })
    }

    /// Posts of so many on each day, the first day being so far from today.
    fn over(
        &mut self,
        from: i64,
        counts: &[usize],
        draw: &mut Draw,
        composer: &mut Composer<'_>,
        accounts: impl Fn(&Self, i64, &mut Draw) -> Vec<usize>,
    ) -> Vec<PlannedPost> {
        let mut posts = Vec::with_capacity(counts.iter().sum());
        for (offset, count) in (from..).zip(counts) {
            let day = rhythm::on(self.today, offset);
            for at in rhythm::times(self.team, day, *count, draw) {
                let due = rhythm::out_of_the_way(at, self.now);
                let accounts = accounts(self, offset, draw);
                let late = TimeDelta::milliseconds(draw.between(900, 6_400));
                let content = composer.compose(day, &accounts);
                let author = self.author(draw);
                let fate = if due <= self.now { Fate::Published { at: due + late } } else { Fate::Scheduled };
                posts.push(PlannedPost {
                    // Both are settled when all are in order.
                    id: self.ids.id(due),
                    created_at: due,
                    workspace: self.place,
                    author,
                    language: content.language,
                    text: content.text,
                    variants: content.variants,
                    pictures: content.pictures,
                    due: Some(due),
                    targets: accounts.into_iter().map(|account| self.target(account, due, &fate)).collect(),
                });
            }
        }
        posts
    }

    fn target(&mut self, account: usize, at: DateTime<Utc>, fate: &Fate) -> PlannedTarget {
        self.targets += 1;
        // Two of one moment differ by their microseconds.
        let at = at + TimeDelta::microseconds(self.targets % 1_000_000);
        let clock_id = u16::try_from(self.place).unwrap_or_default();
        PlannedTarget {
            id: self.ids.id(at),
            account,
            publish_key: platforms::rkey::tid(at, clock_id),
            fate: fate.clone(),
        }
    }

    fn author(&self, draw: &mut Draw) -> usize {
        let writers: Vec<(usize, usize)> =
            self.team.members.iter().map(|(person, _, share)| (*share, *person)).collect();
        draw.weighted(&writers)
    }

    /// Without the accounts that were in trouble on that day; what is to come may wait for a new consent.
    fn still_there(&self, mix: &[usize], day: i64) -> Vec<usize> {
        let goes = |account: &usize| match self.workspace.accounts[*account].standing {
            Standing::Well => true,
            Standing::Paused { days } => day < -days,
            Standing::NeedsReconnect { days } => day < -days || day > 0,
        };
        let left: Vec<usize> = mix.iter().copied().filter(goes).collect();
        if left.is_empty() { vec![0] } else { left }
    }

    /// Goes out three minutes after the start.
    fn watched(&mut self) -> PlannedPost {
        let due = (self.now + TimeDelta::minutes(3)).trunc_subsecs(0);
        let accounts = self.on(&[Platform::X, Platform::Bluesky]);
        PlannedPost {
            id: self.ids.id(due),
            created_at: due,
            workspace: self.place,
            author: self.team.members[0].0,
            language: Language::English,
            text: "Fresh batch! This one leaves three minutes after you started the demo. Watch it go out 👀"
                .to_owned(),
            variants: Vec::new(),
            pictures: vec![0],
            due: Some(due),
            targets: accounts.into_iter().map(|one| self.target(one, due, &Fate::Scheduled)).collect(),
        }
    }

    fn on(&self, platforms: &[Platform]) -> Vec<usize> {
        let accounts = &self.workspace.accounts;
        platforms.iter().filter_map(|p| accounts.iter().position(|account| account.platform == *p)).collect()
    }

    /// Gives the posts the times at which they were written, and ids that sort alike.
    fn put_in_order(&mut self, posts: &mut [PlannedPost]) {
        posts.sort_by_key(|post| post.due);
        let out = posts.partition_point(|post| post.due <= Some(self.now));
        let waiting = i32::try_from(posts.len() - out).unwrap_or(i32::MAX).max(1);
        let each = (PLANNING - TimeDelta::hours(1)) / waiting;
        let first = self.now - PLANNING;
        for (number, post) in (0..).zip(posts.iter_mut()) {
            let written = match post.due {
                Some(due) if due <= self.now => due - LEAD,
                _ => first + each * (number - i32::try_from(out).unwrap_or(0)),
            };
            // Two of one minute keep their order.
            post.created_at = (written + TimeDelta::milliseconds(i64::from(number) % 1_000)).trunc_subsecs(3);
            post.id = self.ids.id(post.created_at);
        }
    }

    /// Half done, or without accounts.
    fn drafts(&mut self) -> Vec<PlannedPost> {
        let (place, most) = (self.place, self.team.drafts);
        let drafts = DRAFTS.iter().filter(|draft| draft.team == place).take(most);
        let mut posts = Vec::new();
        for (number, draft) in (1..).zip(drafts) {
            let at = (self.now - TimeDelta::hours(7 * number)).trunc_subsecs(3);
            let accounts = self.on(draft.platforms);
            let short =
                draft.short.map(|text| Variant { platform: Platform::X, text: text.to_owned(), media: None });
            posts.push(PlannedPost {
                id: self.ids.id(at),
                workspace: self.place,
                author: self.team.members[usize::try_from(number).unwrap_or(0) % 2].0,
                language: draft.language,
                text: draft.text.to_owned(),
                variants: short.into_iter().collect(),
                pictures: draft.pictures.to_vec(),
                created_at: at,
                due: None,
                targets: accounts.into_iter().map(|one| self.target(one, at, &Fate::Draft)).collect(),
            });
        }
        posts
    }
}
