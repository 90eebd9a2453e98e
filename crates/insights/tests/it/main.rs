//! Worked examples of figures, and what holds for all of them.

use insights::{Day, Period, Tally, Told, carry, course, figure};
use model::statistics::{Counts, Metric};

fn day(followers: Option<i64>, likes: Option<i64>) -> Day {
    let counts = Counts { likes, ..Counts::default() };
    Day { followers, tally: Tally::of_day(&counts, None) }
}

fn days(each: &[(Option<i64>, Option<i64>)]) -> Vec<Day> {
    each.iter().map(|(followers, likes)| day(*followers, *likes)).collect()
}

#[test]
fn a_level_is_the_last_known_a_sum_is_of_what_is_known_a_rate_needs_both() {
    let now = days(&[(Some(200), Some(10)), (Some(250), None), (None, Some(15))]);
    let before = days(&[(Some(190), Some(4)), (None, Some(5)), (Some(195), Some(3))]);
    let figure = |metric| figure(metric, &Period::of(&now), &Period::of(&before));
    assert_eq!((figure(Metric::Followers).now, figure(Metric::Followers).before), (Some(250.0), Some(195.0)));
    assert_eq!((figure(Metric::Likes).now, figure(Metric::Likes).before), (Some(25.0), Some(12.0)));
    assert_eq!(figure(Metric::Engagement).now, Some(25.0));
    assert_eq!(figure(Metric::EngagementRate).now, Some(0.1));
    assert_eq!(figure(Metric::Views).now, None, "not told is not 0");
    let nobody = Period::of(&days(&[(Some(0), Some(0))]));
    assert_eq!(
        insights::figure(Metric::EngagementRate, &nobody, &nobody).now,
        None,
        "of nobody there is no rate"
    );
    assert_eq!(insights::figure(Metric::Likes, &nobody, &nobody).now, Some(0.0), "told to be 0 is 0");
}

#[test]
fn the_platforms_own_engagement_goes_before_its_parts() {
    let counts = Counts { likes: Some(3), ..Counts::default() };
    assert_eq!(Tally::of_day(&counts, Some(9)).engagement, Told { sum: 9, days: 1 });
    assert_eq!(Tally::of_day(&counts, None).engagement, Told { sum: 3, days: 1 });
    assert_eq!(Tally::of_day(&Counts::default(), None).engagement, Told::default());
}

#[test]
fn days_before_of_which_too_little_is_known_are_not_compared() {
    let now = days(&[(Some(9), Some(1)); 10]);
    let known = |number: usize| {
        let mut before = days(&[(Some(8), None); 10]);
        before[10 - number..].fill(day(Some(8), Some(2)));
        figure(Metric::Likes, &Period::of(&now), &Period::of(&before)).before
    };
    assert_eq!(known(10), Some(20.0));
    assert_eq!(known(9), Some(18.0));
    assert_eq!(known(8), None);
    let young = days(&[(None, None), (Some(8), None)]);
    let followers = figure(Metric::Followers, &Period::of(&now), &Period::of(&young));
    assert_eq!(followers.before, Some(8.0), "a level is known or not");
}

#[test]
fn followers_are_carried_over_days_without_a_count() {
    let mut days = days(&[(None, None), (Some(5), None), (None, None)]);
    carry(&mut days, Some(3));
    assert_eq!(days.iter().map(|day| day.followers).collect::<Vec<_>>(), [Some(3), Some(5), Some(5)]);
    let mut unknown = vec![Day::default(); 2];
    carry(&mut unknown, None);
    assert_eq!(unknown, [Day::default(), Day::default()]);
}

/// A few thousand different days without a source of randomness.
fn many() -> Vec<Day> {
    let mut state = 7_u64;
    let mut next = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % most).unwrap_or(0)
    };
    (0..3_000)
        .map(|_| {
            let followers = (next(4) > 0).then(|| 1_000 + next(500));
            let likes = (next(3) > 0).then(|| next(90));
            let comments = (next(5) > 0).then(|| next(9));
            let counts = Counts { likes, comments, ..Counts::default() };
            Day { followers, tally: Tally::of_day(&counts, None) }
        })
        .collect()
}

#[test]
fn a_figure_is_that_of_its_parts_however_the_days_are_cut() {
    let days = many();
    for cut in [1, 9, 500, 2_999] {
        let (early, late) = days.split_at(cut);
        let (early, late, whole) = (Period::of(early), Period::of(late), Period::of(&days));
        assert_eq!(early.tally + late.tally, whole.tally);
        assert_eq!(late.followers.or(early.followers), whole.followers);
    }
}

#[test]
fn a_course_has_a_value_a_day_and_sums_to_its_figure() {
    let (before, now) = (many(), many());
    let (before, now) = (&before[..1_000], &now[1_500..2_500]);
    for metric in Metric::ALL {
        let course = course(metric, now, before);
        assert_eq!((course.values.len(), course.before.len()), (1_000, 1_000));
        let told: Vec<f64> = course.values.iter().flatten().copied().collect();
        let expected = match metric {
            Metric::Followers => told.last().copied(),
            Metric::EngagementRate => continue,
            _ => (!told.is_empty()).then(|| told.iter().sum()),
        };
        assert_eq!(course.figure.now, expected, "{metric:?}");
        let is_told =
            matches!(metric, Metric::Likes | Metric::Comments | Metric::Engagement | Metric::Followers);
        assert_eq!(expected.is_some(), is_told, "{metric:?}");
    }
}
