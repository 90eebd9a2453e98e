//! `make bench`: runs the release build as its users would, in processes of its own against simulated platforms, and holds what it
//! measures against the project's goals.
//!
//! Prints a table and writes `target/bench/report.json`. `--strict` fails when a goal is missed; names of parts, such as `burst`,
//! run only those and write `report-part.json`. `FANFARE_BIN` names the program (`target/release/fanfare`), `FANFARE_TEST_POSTGRES` a PostgreSQL server.

mod bare;
mod browser;
mod burst;
mod calendar;
mod cold_start;
mod create;
mod engine;
mod installation;
mod kill;
mod lateness;
mod memory;
mod page;
mod peers;
mod process;
mod report;
mod simulated;
mod statistics;
mod stats;
mod sync;

use engine::Engine;
use report::{Report, Row};
use std::process::ExitCode;

type Result<T> = std::result::Result<T, seeding::Error>;

/// What can be measured alone, in the order of the report.
const PARTS: [&str; 10] =
    ["lateness", "burst", "kill", "create", "memory", "page", "calendar", "statistics", "sync", "cold-start"];

#[tokio::main]
async fn main() -> ExitCode {
    let (strict, parts) = match arguments() {
        Ok(arguments) => arguments,
        Err(unknown) => {
            eprintln!("{unknown:?} is neither --strict nor one of {}", PARTS.join(", "));
            return ExitCode::from(2);
        }
    };
    // Fails only where one is installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
    let file = if parts.len() == PARTS.len() { "report.json" } else { "report-part.json" };
    let mut report = Report::default();
    for part in parts {
        eprintln!("measuring: {part}");
        for measured in measure(part).await {
            match measured {
                Ok(rows) => report.add(rows),
                Err(error) => report.add_failure(part, &error.to_string()),
            }
        }
    }
    if let Err(error) = report.publish(file) {
        eprintln!("the report can't be written: {error}");
        return ExitCode::FAILURE;
    }
    if report.is_complete() && (!strict || report.all_met()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether goals are binding, and the parts to measure.
fn arguments() -> std::result::Result<(bool, Vec<&'static str>), String> {
    let (mut strict, mut chosen) = (false, Vec::new());
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            // Cargo's own.
            "--bench" => {}
            "--strict" => strict = true,
            name => match PARTS.iter().find(|part| **part == name) {
                Some(part) => chosen.push(*part),
                None => return Err(argument),
            },
        }
    }
    Ok((strict, if chosen.is_empty() { PARTS.to_vec() } else { chosen }))
}

/// One result for each engine the part is measured on: one that fails leaves the others standing.
async fn measure(part: &str) -> Vec<Result<Vec<Row>>> {
    use Engine::{Postgres, Sqlite};
    match part {
        "lateness" => vec![lateness::measure(Sqlite).await, lateness::measure(Postgres).await],
        "burst" => vec![burst::measure(Sqlite).await, burst::measure(Postgres).await],
        // Mostly waiting for leases to end, so both at once.
        "kill" => {
            let (sqlite, postgres) = tokio::join!(kill::measure(Sqlite), kill::measure(Postgres));
            vec![sqlite, postgres]
        }
        "create" => vec![create::measure(Sqlite).await, create::measure(Postgres).await],
        "memory" => vec![memory::measure(Sqlite).await, memory::measure(Postgres).await],
        "page" => vec![page::measure().await],
        "calendar" => vec![calendar::measure(Sqlite).await, calendar::measure(Postgres).await],
        "statistics" => vec![statistics::measure(Sqlite).await, statistics::measure(Postgres).await],
        "sync" => vec![sync::measure(Sqlite).await, sync::measure(Postgres).await],
        _ => vec![cold_start::measure(Sqlite).await, cold_start::measure(Postgres).await],
    }
}
