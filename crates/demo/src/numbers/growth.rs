//! How an account came to its followers.

use super::tally::Tally;

/// Part of today's followers that were won in the history.
const WON: f64 = 0.45;
/// A day without anything new wins as much as this part of an average day.
const BY_ITSELF: f64 = 0.35;
/// A day that is seen this little of an average one loses a few.
const FORGOTTEN: f64 = 0.25;

/// The followers at the end of each day, oldest first, of an account that has `today` of them on the last one: a day wins by what
/// its posts were seen.
pub(crate) fn followers(today: u32, days: &[Tally]) -> Vec<i64> {
    // A week's views carry a day's growth: people follow after the third post they like.
    let seen: Vec<f64> = (0..days.len())
        .map(|place| {
            let week = &days[place.saturating_sub(6)..=place];
            week.iter().map(|day| real(day.views)).sum::<f64>() / real(i64::try_from(week.len()).unwrap_or(1))
        })
        .collect();
    let usual = seen.iter().sum::<f64>() / real(i64::try_from(seen.len().max(1)).unwrap_or(1));
    let weight = |seen: &f64| match usual {
        usual if usual <= 0.0 => 1.0,
        usual if *seen < usual * FORGOTTEN => -0.15,
        usual => BY_ITSELF + seen / usual,
    };
    let weights: Vec<f64> = seen.iter().map(weight).collect();
    let total: f64 = weights.iter().sum();
    let each = if total > 0.0 { f64::from(today) * WON / total } else { 0.0 };
    let mut level = f64::from(today);
    let mut levels: Vec<i64> = weights
        .iter()
        .rev()
        .map(|weight| {
            let end = level;
            level -= weight * each;
            whole(end)
        })
        .collect();
    levels.reverse();
    levels
}

#[expect(clippy::cast_precision_loss, reason = "the demo's numbers are far below 2^52")]
fn real(count: i64) -> f64 {
    count as f64
}

fn whole(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "followers fit")]
    let whole = value.max(0.0).round() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn followers_end_where_they_stand_and_grow_by_what_is_seen() {
        let mut days = vec![Tally { views: 100, ..Tally::default() }; 300];
        days[200].views = 20_000;
        days[50..80].fill(Tally::default());
        let followers = followers(10_000, &days);
        let won = |place: usize| followers[place] - followers[place - 1];
        assert_eq!((followers.len(), followers[299]), (300, 10_000));
        assert!((5_000..6_500).contains(&followers[0]), "{}", followers[0]);
        assert!(won(201) > 5 * won(150), "{} {}", won(201), won(150));
        assert!(won(70) <= 0, "a slump");
        assert_eq!(super::followers(500, &[Tally::default(); 3]).last(), Some(&500));
    }
}
