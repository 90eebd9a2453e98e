//! The report: a table for people, a list for programs.

use crate::Result;
use crate::peers::Peers;
use serde::Serialize;
use std::io::Write as _;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, Debug)]
enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

/// One measured figure.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    name: String,
    value: f64,
    unit: &'static str,
    goal: Option<f64>,
    /// The same figure of something that does less, measured in this run.
    baseline: Option<f64>,
    /// How much of the baseline's speed is reached: 1 is all of it.
    ratio: Option<f64>,
    /// None where there is no goal.
    met: Option<bool>,
    #[serde(skip)]
    bound: Option<Goal>,
    #[serde(skip)]
    peers: Peers,
}

impl Row {
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            goal: None,
            baseline: None,
            ratio: None,
            met: None,
            bound: None,
            peers: Peers::default(),
        }
    }

    pub(crate) fn at_most(mut self, goal: f64) -> Self {
        self.met = Some(self.value <= goal);
        self.goal = Some(goal);
        self.bound = Some(Goal::AtMost(goal));
        self
    }

    pub(crate) fn at_least(mut self, goal: f64) -> Self {
        self.met = Some(self.value >= goal);
        self.goal = Some(goal);
        self.bound = Some(Goal::AtLeast(goal));
        self
    }

    /// Call after the goal, which says whether more or less is better.
    pub(crate) fn against(mut self, baseline: f64) -> Self {
        self.baseline = Some(baseline);
        self.ratio = Some(match self.bound {
            Some(Goal::AtLeast(_)) => self.value / baseline,
            Some(Goal::AtMost(_)) | None => baseline / self.value,
        });
        self
    }

    pub(crate) fn peers(mut self, peers: Peers) -> Self {
        self.peers = peers;
        self
    }

    fn cells(&self) -> [String; 8] {
        let goal = match self.bound {
            Some(Goal::AtMost(goal)) => format!("≤ {}", number(goal)),
            Some(Goal::AtLeast(goal)) => format!("≥ {}", number(goal)),
            None => String::new(),
        };
        let met = match self.met {
            Some(true) => "met",
            Some(false) => "NOT MET",
            None => "",
        };
        [
            self.name.clone(),
            format!("{} {}", number(self.value), self.unit).trim_end().to_owned(),
            goal,
            met.to_owned(),
            self.baseline.map(number).unwrap_or_default(),
            self.ratio.map(number).unwrap_or_default(),
            self.peers.brightbean.to_owned(),
            self.peers.postiz.to_owned(),
        ]
    }
}

const HEAD: [&str; 8] =
    ["measure", "Fanfare", "goal", "", "baseline", "ratio", "BrightBean", "Postiz 2.11.3"];

/// All rows so far, and what could not be measured.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
    failures: Vec<String>,
}

impl Report {
    pub(crate) fn add(&mut self, rows: Vec<Row>) {
        self.rows.extend(rows);
    }

    pub(crate) fn add_failure(&mut self, part: &str, error: &str) {
        self.failures.push(format!("{part} could not be measured: {error}"));
    }

    /// Everything asked for was measured.
    pub(crate) fn is_complete(&self) -> bool {
        self.failures.is_empty()
    }

    pub(crate) fn all_met(&self) -> bool {
        self.rows.iter().all(|row| row.met != Some(false))
    }

    /// Prints the table and writes the file in `target/bench`.
    pub(crate) fn publish(&self, file: &str) -> Result<()> {
        let path = target_folder().join("bench").join(file);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, serde_json::to_string_pretty(&self.rows)? + "\n")?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n{}\n", table(&self.rows))?;
        for failure in &self.failures {
            writeln!(out, "{failure}")?;
        }
        let missed = self.rows.iter().filter(|row| row.met == Some(false)).count();
        let goals = self.rows.iter().filter(|row| row.met.is_some()).count();
        writeln!(out, "{} of {goals} goals met; written to {}", goals - missed, path.display())?;
        writeln!(
            out,
            "PostgreSQL runs as the tests start it, without fsync. The peers' figures are from another day on a like machine."
        )?;
        Ok(())
    }
}

fn table(rows: &[Row]) -> String {
    let mut lines = vec![HEAD.map(str::to_owned)];
    lines.extend(rows.iter().map(Row::cells));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 8] = std::array::from_fn(width);
    let print = |line: &[String; 8]| {
        let cells: Vec<String> =
            line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    let mut text: Vec<String> = lines.iter().map(print).collect();
    text.insert(1, widths.map(|width| "-".repeat(width)).join("  "));
    text.join("\n")
}

/// Three significant digits, but whole numbers whole.
fn number(value: f64) -> String {
    if value == 0.0 || value.abs() >= 100.0 || (value.fract() == 0.0 && value.abs() < 1e9) {
        return format!("{value:.0}");
    }
    let digits = 2 - value.abs().log10().floor() as i32;
    format!("{value:.*}", usize::try_from(digits.clamp(0, 9)).unwrap_or(0))
}

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

fn target_folder() -> PathBuf {
    root().join("target")
}
