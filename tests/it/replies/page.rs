//! docs/replies.md: a matrix for each method. Statuses that make no difference to any body share a column.

use super::cases::{self, BODIES, Body, STATUSES};
use super::meaning::{Method, Outcome, callback, meaning};
use std::fmt::Write;
use std::path::Path;

const INTRODUCTION: &str = "# What a reply means\n\n\
    Written by `tests/it/replies` (`make generate`), which also has every one of these replies come over sockets.\n\n\
    What carries a paid result is the result: the body decides before the HTTP status, and a row of a table holds under\n\
    every status of its column. 301 means all of 3xx, 500 for any 5xx that is not listed, and 200 for the rest.\n\
    A reply whose status leaves no room for a body, such as 204, is the row \"empty\" under 200.\n\n";

const SECTIONS: [(Method, &str, &str); 5] = [
    (
        Method::Create,
        "createTask",
        "By a ticket and by `captask_create_task` alike. **bought**: the taskId is noted, and a ticket polls for its result.\n\
         **ready**: the reply is the result. **error**: the service's error is the answer, and nothing was bought. **again**:\n\
         nothing was bought, and the same request is sent again, less and less often. **unknown**: `CAPTASK_OUTCOME_UNKNOWN`\n\
         with `httpStatus` and `firstBytes`; the request is not sent again.",
    ),
    (
        Method::Poll,
        "getTaskResult, by a ticket",
        "**answer**: the result. **error**: the ticket ends with the service's error. **wait**: the next poll comes after the\n\
         interval. **again**: the next poll comes later each time. A ticket ends with `CAPTASK_TIMEOUT` at its deadline or after\n\
         its last poll, and its text says what came last.",
    ),
    (
        Method::Result,
        "getTaskResult, by `captask_get_task_result`",
        "**answer** and **error**: what came is the answer, also when it says to wait. **again**: sent again until `callTimeoutMs`;\n\
         then the service's error, or `CAPTASK_BAD_RESPONSE`. **bad**: `CAPTASK_BAD_RESPONSE` at once, since a repetition brings\n\
         the same; it says where a redirect points.",
    ),
    (
        Method::Balance,
        "getBalance",
        "Words as above. getUserAgent takes with HTTP 200 also a text, or an object with `userAgent`, as its answer.",
    ),
    (
        Method::Once,
        "Reports and methods that are not known",
        "Sent once. **bad**: `CAPTASK_BAD_RESPONSE` with `retryable` false: it may have been done.",
    ),
];

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Bought => "bought",
        Outcome::Ready => "ready",
        Outcome::Answer => "answer",
        Outcome::Error => "error",
        Outcome::Wait => "wait",
        Outcome::Again => "again",
        Outcome::Unknown => "unknown",
        Outcome::Bad => "bad",
    }
}

fn column(method: Method, status: u16) -> Vec<Outcome> {
    BODIES.iter().map(|body| meaning(method, status, &cases::text(body, 0))).collect()
}

/// The statuses by what they make of every body, in order.
fn columns(method: Method) -> Vec<(Vec<u16>, Vec<Outcome>)> {
    let mut out: Vec<(Vec<u16>, Vec<Outcome>)> = Vec::new();
    for status in STATUSES.into_iter().filter(|status| !cases::bare(*status)) {
        let meant = column(method, status);
        match out.iter_mut().find(|(_, known)| *known == meant) {
            Some((statuses, _)) => statuses.push(status),
            None => out.push((vec![status], meant)),
        }
    }
    out
}

/// A body as the page shows it: what of it counts.
fn shown(body: &Body) -> String {
    let text = body.text.trim_start_matches('\u{feff}').replace(cases::ID, "7").replace('|', "\\|");
    if text.is_empty() { String::new() } else { format!("`{text}`") }
}

fn page() -> String {
    let mut out = String::from(INTRODUCTION);
    for (method, title, about) in SECTIONS {
        let columns = columns(method);
        writeln!(out, "## {title}\n\n{about}\n").unwrap();
        let heads: Vec<String> = columns
            .iter()
            .map(|(statuses, _)| statuses.iter().map(u16::to_string).collect::<Vec<_>>().join(" "))
            .collect();
        writeln!(out, "| body | {} |\n| --- |{}", heads.join(" | "), " --- |".repeat(heads.len())).unwrap();
        for (row, body) in BODIES.iter().enumerate() {
            let cells: Vec<&str> = columns.iter().map(|(_, meant)| word(meant[row])).collect();
            writeln!(out, "| {} | {} |", body.name, cells.join(" | ")).unwrap();
        }
        out.push('\n');
    }
    out.push_str(
        "## Callbacks\n\nA callback is **taken** (200) when a poll would end with the same body and it brings a solution or an \
         error, and\nrefused (404) otherwise: its URL stays good, and the task is polled in the end.\n\n| body | |\n| --- | --- |\n",
    );
    for body in &BODIES {
        let taken = callback(body)
            .map_or("refused", |outcome| if outcome == Outcome::Error { "taken, error" } else { "taken" });
        writeln!(out, "| {} | {taken} |", body.name).unwrap();
    }
    out.push_str("\n## The bodies\n\n| body | text |\n| --- | --- |\n");
    for body in &BODIES {
        writeln!(out, "| {} | {} |", body.name, shown(body)).unwrap();
    }
    out
}

#[test]
fn the_page_is_fresh() {
    let (path, wanted) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/replies.md"), page());
    if std::env::var_os("CAPTASK_GENERATE").is_some() {
        std::fs::write(&path, &wanted).expect("the page can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let line = found.lines().zip(wanted.lines()).position(|(a, b)| a != b).map(|line| line + 1);
    assert!(found == wanted, "docs/replies.md is stale (line {line:?}): run make generate and commit it");
}
