//! A text, its variants and its pictures, for the profiles it goes to.

use super::PlannedWorkspace;
use super::text::{Writer, Written};
use crate::draw::Draw;
use crate::teams::{Language, Team};
use chrono::NaiveDate;
use model::Platform;
use model::post::Variant;
use model::text::{Limits, counter};

/// What a post says and shows.
pub(super) struct Content {
    pub(super) language: Language,
    pub(super) text: String,
    pub(super) variants: Vec<Variant>,
    /// Places among the workspace's pictures.
    pub(super) pictures: Vec<usize>,
}

/// Composes for one team.
pub(super) struct Composer<'t> {
    workspace: &'t PlannedWorkspace,
    writer: Writer<'t>,
    draw: Draw,
}

impl<'t> Composer<'t> {
    pub(super) fn new(team: &'t Team, workspace: &'t PlannedWorkspace, seed: u64, purpose: &str) -> Self {
        let draw = Draw::new(seed, &format!("{purpose}, {}", team.name));
        Self { workspace, writer: Writer::new(team), draw }
    }

    pub(super) fn compose(&mut self, day: NaiveDate, accounts: &[usize]) -> Content {
        let written = self.writer.write(day, &mut self.draw);
        let mut platforms: Vec<Platform> =
            accounts.iter().map(|account| self.workspace.accounts[*account].platform).collect();
        platforms.dedup();
        let pictures = self.pictures(&written, &platforms);
        let (text, variants) = texts(&written, &platforms, &mut self.draw);
        Content { language: written.language, text, variants, pictures }
    }

    fn pictures(&mut self, written: &Written, platforms: &[Platform]) -> Vec<usize> {
        let draw = &mut self.draw;
        let needed = platforms.iter().any(|platform| Limits::of(*platform).needs_image);
        if !needed && draw.percent(45) {
            return Vec::new();
        }
        let all = &self.workspace.pictures;
        let suits = |name: &str| all.iter().position(|picture| picture.name == name);
        let suiting: Vec<usize> = written.pictures.split(' ').filter_map(suits).collect();
        let number = if draw.percent(18) { suiting.len().min(3) } else { 1 };
        let mut chosen = draw.some(&suiting, number);
        if chosen.is_empty() {
            chosen.push(draw.below(all.len()));
        }
        chosen
    }
}

/// The text for all, and those of platforms that want another.
fn texts(written: &Written, platforms: &[Platform], draw: &mut Draw) -> (String, Vec<Variant>) {
    let bare = written.short.split("\n\n#").next().unwrap_or_default();
    let fitting = |platform: Platform| {
        let candidates = [written.long.as_str(), &written.short, bare];
        candidates.into_iter().find(|text| fits(platform, text)).unwrap_or(bare)
    };
    let roomy = |platform: &Platform| fits(*platform, &written.long);
    let text = match platforms {
        [only] => fitting(*only),
        _ if platforms.iter().any(roomy) => &written.long,
        _ => &written.short,
    };
    let mut variants: Vec<Variant> = platforms
        .iter()
        .filter(|platform| !fits(**platform, text))
        .map(|platform| Variant { platform: *platform, text: fitting(*platform).to_owned(), media: None })
        .collect();
    if platforms.len() > 1 && platforms.contains(&Platform::Instagram) && draw.percent(12) {
        let tags = written.tags.join(" ");
        let gap = if text.contains("\n\n#") { " " } else { "\n\n" };
        if !tags.is_empty() {
            variants.push(Variant {
                platform: Platform::Instagram,
                text: format!("{text}{gap}{tags}"),
                media: None,
            });
        }
    }
    (text.to_owned(), variants)
}

fn fits(platform: Platform, text: &str) -> bool {
    counter(platform, text).overflow.is_none()
}
