//! What two other open projects gave for the same measure, on a machine with two cores, loopback only, on 21 November 2026:
//! BrightBean Studio at commit d85fce1 (Django, PostgreSQL) and Postiz 2.11.3 (NestJS, BullMQ, Redis, PostgreSQL), the last
//! version before it moved to Temporal. For the printed table only: the report file holds what this run measured.

/// Figures in words; empty where there is none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Peers {
    pub(crate) brightbean: &'static str,
    pub(crate) postiz: &'static str,
}

pub(crate) const LATENESS: Peers = Peers { brightbean: "5.4 s", postiz: "0.06 s" };
pub(crate) const BURST: Peers = Peers { brightbean: "1,490 s", postiz: "1,001 s" };
pub(crate) const KILL: Peers =
    Peers { brightbean: "3 of 200 stuck for ever", postiz: "last one 21 min late" };
pub(crate) const KILL_ONCE: Peers =
    Peers { brightbean: "4 of 4 live but stuck", postiz: "4 of 4 published twice" };
pub(crate) const CREATE: Peers = Peers { brightbean: "16 ms", postiz: "11.8 ms" };
pub(crate) const CREATE_RATE: Peers = Peers { brightbean: "60 /s", postiz: "76 /s" };
pub(crate) const MEMORY: Peers = Peers { brightbean: "316 MB, 4 processes", postiz: "1,104 MB, 4 processes" };
pub(crate) const CONNECTIONS: Peers = Peers { brightbean: "up to 125", postiz: "" };
/// Theirs are the script of the calendar alone, compressed by gzip.
pub(crate) const PAGE: Peers = Peers { brightbean: "132 KB, script only", postiz: "2,125 KB, script only" };
pub(crate) const PAGE_REQUESTS: Peers = Peers { brightbean: "12", postiz: "111" };
pub(crate) const MONTH: Peers = Peers { brightbean: "1,429 ms", postiz: "418 ms, JSON only" };
pub(crate) const MONTH_VISIBLE: Peers = Peers { brightbean: "1.8 s", postiz: "6.1 s" };
pub(crate) const DROP: Peers = Peers { brightbean: "0.7–1.4 s refetch", postiz: "1.7–2.0 s freeze" };
