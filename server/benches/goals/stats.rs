//! Figures from samples.

/// The sample that `share` (0 to 1) of all samples don't exceed, by nearest rank.
pub(crate) fn percentile(samples: &mut [f64], share: f64) -> f64 {
    samples.sort_by(f64::total_cmp);
    let rank = (share * samples.len() as f64).ceil() as usize;
    samples.get(rank.saturating_sub(1)).or(samples.last()).copied().unwrap_or(f64::NAN)
}

pub(crate) fn median(samples: &mut [f64]) -> f64 {
    percentile(samples, 0.5)
}
