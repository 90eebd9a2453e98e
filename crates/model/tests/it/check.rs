//! What the composer says about a post, platform by platform.

use model::Platform;
use model::media::ImageFormat;
use model::text::{Finding, MediaFacts, Rule, Severity, check, counter, entities, linkedin};
use std::hint::black_box;
use std::time::{Duration, Instant};

fn image() -> MediaFacts {
    MediaFacts {
        format: ImageFormat::Png,
        bytes: 20_000_000,
        width: 1_600,
        height: 1_200,
        cut: None,
        alt_chars: 12,
    }
}

fn rules(platform: Platform, text: &str, media: &[MediaFacts], severity: Severity) -> Vec<Rule> {
    let found = check(platform, text, media).into_iter();
    found.filter(|f| f.severity == severity).map(|f| f.rule).collect()
}

fn errors(platform: Platform, text: &str, media: &[MediaFacts]) -> Vec<Rule> {
    rules(platform, text, media, Severity::Error)
}

#[test]
fn a_short_post_with_a_large_described_image_goes_everywhere() {
    for platform in Platform::PUBLISHING {
        assert_eq!(check(platform, "Été ☀️ https://example.com #été @ana", &[image()]), [], "{platform}");
    }
}

#[test]
fn nothing_goes_where_fanfare_does_not_publish() {
    for platform in Platform::ALL.into_iter().filter(|platform| !platform.publishes()) {
        assert_eq!(errors(platform, "hello", &[image()]), [Rule::PublishesNothing], "{platform}");
        assert_eq!(errors(platform, "", &[]), [Rule::PublishesNothing], "{platform}");
    }
}

#[test]
fn an_empty_post_goes_nowhere() {
    for platform in Platform::PUBLISHING {
        assert_eq!(errors(platform, " \n ", &[]), [Rule::Empty], "{platform}");
        assert_eq!(errors(platform, "", &[image()]), [], "{platform}");
    }
}

#[test]
fn only_instagram_needs_an_image() {
    for platform in Platform::PUBLISHING {
        let expected = if platform == Platform::Instagram { vec![Rule::NeedsImage] } else { vec![] };
        assert_eq!(errors(platform, "hello", &[]), expected, "{platform}");
    }
}

#[test]
fn the_last_character_that_fits_and_the_first_that_does_not() {
    for (platform, max) in [
        (Platform::Instagram, 2_200),
        (Platform::Facebook, 63_206),
        (Platform::X, 280),
        (Platform::LinkedIn, 3_000),
        (Platform::Bluesky, 300),
    ] {
        let fits = "é".repeat(max);
        assert_eq!(errors(platform, &fits, &[image()]), [], "{platform}");
        let over = check(platform, &format!("{fits}é"), &[image()]);
        let rule = Rule::TextTooLong { max: u32::try_from(max).unwrap(), over: 1 };
        let span = Some(fits.len()..fits.len() + 2);
        assert_eq!(over, [Finding { severity: Severity::Error, rule, span }], "{platform}");
    }
}

#[test]
fn bluesky_counts_families_once_but_their_bytes_too() {
    let family = "👨‍👩‍👧‍👦";
    assert_eq!(errors(Platform::Bluesky, &family.repeat(120), &[]), []);
    let found = check(Platform::Bluesky, &family.repeat(121), &[]);
    assert_eq!(found[0].rule, Rule::TextTooManyBytes { max: 3_000, over: 25 });
    assert_eq!(found[0].span, Some(3_000..3_025));
}

#[test]
fn instagram_counts_hashtags_and_mentions() {
    let tags = "#a".repeat(30);
    let names = "@ana ".repeat(20);
    assert_eq!(errors(Platform::Instagram, &format!("{names}{tags}"), &[image()]), []);
    let found = check(Platform::Instagram, &format!("{names}@bob {tags}#last #more"), &[image()]);
    assert_eq!(found[0].rule, Rule::TooManyHashtags { max: 30, got: 32 });
    assert_eq!(found[0].span, Some(165..170));
    assert_eq!(found[1].rule, Rule::TooManyMentions { max: 20, got: 21 });
    assert_eq!(found[1].span, Some(100..104));
    assert_eq!(errors(Platform::LinkedIn, &format!("{names}@bob {tags}#last"), &[]), []);
}

#[test]
fn images_are_counted_and_their_descriptions_measured() {
    for (platform, max) in [
        (Platform::Instagram, 10),
        (Platform::Facebook, 10),
        (Platform::X, 4),
        (Platform::LinkedIn, 20),
        (Platform::Bluesky, 4),
    ] {
        assert_eq!(errors(platform, "", &vec![image(); max as usize]), [], "{platform}");
        let too_many = Rule::TooManyImages { max, got: max + 1 };
        assert_eq!(errors(platform, "", &vec![image(); max as usize + 1]), [too_many], "{platform}");
    }
    let described = |alt_chars| [image(), MediaFacts { alt_chars, ..image() }];
    let too_long = Rule::AltTooLong { index: 1, max: 1_000, over: 1 };
    assert_eq!(errors(Platform::X, "", &described(1_000)), []);
    assert_eq!(errors(Platform::X, "", &described(1_001)), [too_long]);
    assert_eq!(errors(Platform::Facebook, "", &described(9_000)), []);
    assert_eq!(rules(Platform::Facebook, "", &described(0), Severity::Warning), [Rule::NoAlt { index: 1 }]);
}

#[test]
fn a_ratio_that_will_be_padded_is_a_warning() {
    let wide = [MediaFacts { width: 3_000, height: 1_000, ..image() }];
    let warning = [Rule::RatioOutOfRange { index: 0 }];
    assert_eq!(rules(Platform::Instagram, "a", &wide, Severity::Warning), warning);
    assert_eq!(errors(Platform::Instagram, "a", &wide), []);
    assert_eq!(check(Platform::X, "a", &wide), []);
}

#[test]
fn texts_of_any_kind_are_quick_to_check() {
    let five_thousand = |unit: &str| unit.chars().cycle().take(5_000).collect::<String>();
    let mut slowest = (Duration::ZERO, String::new());
    for unit in [
        "plain words ",
        "これは長い文です。",
        "a.b-.",
        "example.com ",
        "a.",
        ".",
        "_.a",
        "@a.b ",
        "#tag ",
        "#",
        "https://",
        "http://a.co/(",
        "a@b.c ",
        "👨‍👩‍👧‍👦",
        "e\u{301}",
        "見.com",
        "(((",
        "x.日",
    ] {
        let text = five_thousand(unit);
        for platform in Platform::ALL {
            let start = Instant::now();
            black_box(check(platform, black_box(&text), &[]));
            black_box(counter(platform, &text));
            black_box(entities(&text));
            black_box(linkedin::escape(&text));
            slowest = slowest.max((start.elapsed(), format!("{platform} {unit:?}")));
        }
    }
    println!("slowest: {slowest:?}");
    // Generous, for builds without optimisation on a busy machine; quadratic code takes seconds.
    assert!(slowest.0 < Duration::from_millis(500), "{slowest:?}");
}
