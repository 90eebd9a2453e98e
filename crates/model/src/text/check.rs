//! What a platform would refuse about a post, and what people should know, found before it is sent.

use super::Rule;
use super::count::{Measure, counter, measure, utf16_units};
use super::entities::{EntityKind, entities};
use super::hashtag::hashtags;
use super::limits::{Limits, TextUnit};
use crate::crop::{Crop, PixelRect};
use crate::media::{ImageFormat, MediaView};
use crate::platform::Platform;
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the post can go out.
    Warning,
    /// The platform would refuse it.
    Error,
}

/// A rule that a post breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    pub rule: Rule,
    /// The part of the text to mark, in bytes.
    pub span: Option<Range<usize>>,
}

/// What the rules need to know about an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaFacts {
    pub format: ImageFormat,
    pub bytes: u64,
    /// In pixels, as shown: turned as the file says, and cropped as the post says.
    pub width: u32,
    pub height: u32,
    /// Which part of the upload that is; `None`: all of it.
    pub cut: Option<PixelRect>,
    /// Length of the description, in UTF-16 units; 0 when there is none.
    pub alt_chars: u32,
}

impl MediaFacts {
    /// The facts about an upload with the description and the crop it has in a post.
    pub fn of(view: &MediaView, alt: &str, crop: Option<Crop>) -> Self {
        let (width, height) = view.pixels();
        let cut = crop.map(|crop| crop.pixels(width, height));
        let (width, height) = cut.map_or((width, height), |cut| (cut.width, cut.height));
        Self {
            format: view.format,
            bytes: u64::try_from(view.bytes).unwrap_or(0),
            width,
            height,
            cut,
            alt_chars: utf16_units(alt.trim()),
        }
    }
}

/// Everything about `text` and `media` that `platform` refuses (errors) or people should know (warnings). Size and
/// format of images are no matter: they are converted (`RenditionSpec`).
pub fn check(platform: Platform, text: &str, media: &[MediaFacts]) -> Vec<Finding> {
    if !platform.publishes() {
        return vec![error(Rule::PublishesNothing, None)];
    }
    let limits = Limits::of(platform);
    let mut found = Vec::new();
    check_presence(limits, text, media, &mut found);
    check_length(platform, limits, text, &mut found);
    check_names(limits, text, &mut found);
    check_media(limits, media, &mut found);
    found
}

fn error(rule: Rule, span: Option<Range<usize>>) -> Finding {
    Finding { severity: Severity::Error, rule, span }
}

fn check_presence(limits: &Limits, text: &str, media: &[MediaFacts], found: &mut Vec<Finding>) {
    if media.is_empty() && text.trim().is_empty() {
        found.push(error(Rule::Empty, None));
    } else if media.is_empty() && limits.needs_image {
        found.push(error(Rule::NeedsImage, None));
    }
}

fn check_length(platform: Platform, limits: &Limits, text: &str, found: &mut Vec<Finding>) {
    let counter = counter(platform, text);
    if let Some(start) = counter.overflow {
        let rule = Rule::TextTooLong { max: counter.max, over: counter.used - counter.max };
        found.push(error(rule, Some(start..text.len())));
    }
    if let Some(max) = limits.text_max_bytes
        && let Measure { used, overflow: Some(start) } = measure(TextUnit::Bytes, text, max)
    {
        found.push(error(Rule::TextTooManyBytes { max, over: used - max }, Some(start..text.len())));
    }
}

fn check_names(limits: &Limits, text: &str, found: &mut Vec<Finding>) {
    if let Some(max) = limits.max_hashtags {
        let tags = hashtags(text);
        if let Some((got, first)) = surplus(&tags, max) {
            found.push(error(Rule::TooManyHashtags { max, got }, Some(first)));
        }
    }
    if let Some(max) = limits.max_mentions {
        let names = entities(text).into_iter();
        let names: Vec<_> =
            names.filter(|e| matches!(e.kind, EntityKind::Mention { .. })).map(|e| e.range).collect();
        if let Some((got, first)) = surplus(&names, max) {
            found.push(error(Rule::TooManyMentions { max, got }, Some(first)));
        }
    }
}

/// How many there are and the first that is too many.
fn surplus(ranges: &[Range<usize>], max: u32) -> Option<(u32, Range<usize>)> {
    let first = ranges.get(usize::try_from(max).ok()?)?;
    Some((u32::try_from(ranges.len()).unwrap_or(u32::MAX), first.clone()))
}

fn check_media(limits: &Limits, media: &[MediaFacts], found: &mut Vec<Finding>) {
    let got = u32::try_from(media.len()).unwrap_or(u32::MAX);
    if got > limits.max_images {
        found.push(error(Rule::TooManyImages { max: limits.max_images, got }, None));
    }
    for (index, image) in (0..).zip(media) {
        if let Some(max) = limits.alt_max
            && image.alt_chars > max
        {
            found.push(error(Rule::AltTooLong { index, max, over: image.alt_chars - max }, None));
        }
        let mut warn = |rule| found.push(Finding { severity: Severity::Warning, rule, span: None });
        if image.alt_chars == 0 {
            warn(Rule::NoAlt { index });
        }
        if limits.ratio.is_some_and(|ratio| !ratio.contains(image.width, image.height)) {
            warn(Rule::RatioOutOfRange { index });
        }
    }
}
