//! Making texts of a team's lines, without repeating itself on one screen.

use crate::draw::Draw;
use crate::teams::{Campaign, Language, Line, Team, Voice};
use chrono::{Datelike as _, NaiveDate};
use std::collections::VecDeque;

/// No text comes again among so many.
const MEMORY: usize = 150;

/// Places whose words follow the year, from December on.
const SEASONAL: &[&str] = &["season", "saison", "fruit", "fruits"];

/// A text and what it is about.
pub(super) struct Written {
    pub(super) language: Language,
    /// For places with much room.
    pub(super) long: String,
    /// For places with little: the first paragraph and its hashtags.
    pub(super) short: String,
    /// More hashtags, for where they are read.
    pub(super) tags: Vec<&'static str>,
    /// Names of pictures that suit it.
    pub(super) pictures: &'static str,
}

/// A team's writing, which remembers what it has said.
pub(super) struct Writer<'t> {
    team: &'t Team,
    /// For each voice its lines in an order; taken from the end, and shuffled anew when all were said.
    decks: Vec<Vec<Line>>,
    said: VecDeque<String>,
}

impl<'t> Writer<'t> {
    pub(super) fn new(team: &'t Team) -> Self {
        Self { team, decks: team.voices.iter().map(|_| Vec::new()).collect(), said: VecDeque::new() }
    }

    /// A text for that day.
    pub(super) fn write(&mut self, day: NaiveDate, draw: &mut Draw) -> Written {
        let places: Vec<(usize, usize)> =
            self.team.voices.iter().enumerate().map(|(place, (weight, _))| (*weight, place)).collect();
        // Whoever runs out of words says something old in the end.
        let mut tries = 0;
        loop {
            tries += 1;
            let place = draw.weighted(&places);
            let voice = &self.team.voices[place].1;
            let running = voice.campaigns.iter().find(|campaign| runs(campaign, day));
            let campaign = running.filter(|_| draw.percent(35));
            let line = match campaign {
                Some(campaign) => draw.pick(campaign.lines),
                None => self.next_line(place, voice, draw),
            };
            let mut first = fill(line.0, voice, day, draw);
            if draw.percent(35) && !voice.closers.is_empty() {
                first = format!("{first} {}", draw.pick(voice.closers));
            }
            if tries == 40 || !self.said.contains(&first) {
                self.remember(&first);
                return self.finish((voice, place), campaign, line, first, day, draw);
            }
        }
    }

    fn finish(
        &mut self,
        (voice, place): (&Voice, usize),
        campaign: Option<&Campaign>,
        line: Line,
        first: String,
        day: NaiveDate,
        draw: &mut Draw,
    ) -> Written {
        let mut tags: Vec<&'static str> = campaign.map(|campaign| campaign.tag).into_iter().collect();
        if draw.percent(70) && !voice.tags.is_empty() {
            let number = usize::try_from(draw.between(1, 3)).unwrap_or(1);
            tags.extend(draw.some(voice.tags, number));
        }
        let link = draw.percent(25).then(|| self.link(line, campaign, draw));
        let mut long = first.clone();
        if draw.percent(15) && voice.language != Language::Other {
            for _ in 0..draw.between(1, 3) {
                let (more, _) = self.next_line(place, voice, draw);
                long = format!("{long}\n\n{}", fill(more, voice, day, draw));
            }
        }
        let with_rest = |text: String| {
            let text = link.as_ref().map_or(text.clone(), |link| format!("{text}\n{link}"));
            if tags.is_empty() { text } else { format!("{text}\n\n{}", tags.join(" ")) }
        };
        let more_tags = voice.tags.iter().copied().filter(|tag| !tags.contains(tag)).collect();
        Written {
            language: voice.language,
            short: typeset(with_rest(first), voice.language),
            long: typeset(with_rest(long), voice.language),
            tags: more_tags,
            pictures: line.1,
        }
    }

    fn next_line(&mut self, place: usize, voice: &Voice, draw: &mut Draw) -> Line {
        let deck = &mut self.decks[place];
        if deck.is_empty() {
            deck.extend_from_slice(voice.lines);
            draw.shuffle(deck);
        }
        deck.pop().unwrap_or(("", ""))
    }

    fn link(&self, line: Line, campaign: Option<&Campaign>, draw: &mut Draw) -> String {
        let page = line.1.split(' ').next().unwrap_or_default();
        let number = draw.between(10, 480);
        match campaign {
            Some(Campaign { name, .. }) => {
                format!("{}/{name}?utm_source=social&utm_campaign={name}", self.team.site)
            }
            None => format!("{}/journal/{page}-{number}", self.team.site),
        }
    }

    fn remember(&mut self, text: &str) {
        self.said.push_back(text.to_owned());
        if self.said.len() > MEMORY {
            self.said.pop_front();
        }
    }
}

fn runs(campaign: &Campaign, day: NaiveDate) -> bool {
    (campaign.from..=campaign.to).contains(&(day.month(), day.day()))
}

/// The word for the time of the year.
fn of_season(words: &[&'static str], day: NaiveDate) -> &'static str {
    let month = usize::try_from(day.month() % 12).unwrap_or(0);
    words[month * words.len() / 12]
}

/// Puts words into a line's places.
fn fill(line: &str, voice: &Voice, day: NaiveDate, draw: &mut Draw) -> String {
    let mut text = String::with_capacity(line.len() + 40);
    let mut rest = line;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        text.push_str(before);
        if let Some((_, words)) = voice.slots.iter().find(|(slot, _)| *slot == name) {
            let word = if SEASONAL.contains(&name) { of_season(words, day) } else { draw.pick(words) };
            text.push_str(word);
        }
        rest = after;
    }
    text.push_str(rest);
    capitalised(&text)
}

/// A word that was put at the beginning of a sentence gets its capital.
fn capitalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    let mut after_stop = false;
    for c in text.chars() {
        if begins && c.is_lowercase() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        begins = after_stop && c == ' ';
        after_stop = matches!(c, '.' | '?' | '!');
    }
    out
}

/// French puts a no-break space before its high punctuation.
fn typeset(text: String, language: Language) -> String {
    if language != Language::French {
        return text;
    }
    text.replace(" ?", "\u{202f}?")
        .replace(" !", "\u{202f}!")
        .replace(" ;", "\u{202f};")
        .replace(" :", "\u{a0}:")
        .replace("« ", "«\u{a0}")
        .replace(" »", "\u{a0}»")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams::TEAMS;

    #[test]
    fn every_place_in_a_line_has_words() {
        for (_, voice) in TEAMS.iter().flat_map(|team| team.voices) {
            let lines = voice.lines.iter().chain(voice.campaigns.iter().flat_map(|c| c.lines));
            for (line, _) in lines {
                let names = line.split('{').skip(1).filter_map(|part| part.split('}').next());
                for name in names {
                    assert!(voice.slots.iter().any(|(slot, _)| *slot == name), "{line}: {name}");
                }
            }
        }
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!(capitalised("rye is out. the oven rests? yes"), "Rye is out. The oven rests? Yes");
        assert_eq!(capitalised("6.30 is early. été too"), "6.30 is early. Été too");
    }

    #[test]
    fn french_keeps_its_spaces_together() {
        let set = |text: &str, language| typeset(text.to_owned(), language);
        assert_eq!(set("Qui vient ?", Language::French), "Qui vient\u{202f}?");
        assert_eq!(set("Sortie : « pain »", Language::French), "Sortie\u{a0}: «\u{a0}pain\u{a0}»");
        assert_eq!(set("Who ?", Language::English), "Who ?");
    }

    #[test]
    fn fifty_texts_in_a_row_are_fifty_texts() {
        let day = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        for team in TEAMS {
            let (mut writer, mut draw) = (Writer::new(team), Draw::new(3, "texts"));
            let mut texts: Vec<String> = (0..50).map(|_| writer.write(day, &mut draw).short).collect();
            texts.sort();
            texts.dedup();
            assert_eq!(texts.len(), 50, "{}", team.name);
        }
    }
}
