//! docs/replies.md: a matrix for each method. Statuses that make no difference to any body share a column.

use super::cases::{self, BODIES, Body, STATUSES};
use super::meaning::{Method, Outcome, callback, meaning};
use std::fmt::Write;
use std::path::Path;

const INTRODUCTION: &str = "# What a reply means\n\n\
    This page shows how captask handles each reply of the service: every HTTP status with every kind of body. `make generate`\n\
    writes it, and tests send each of these replies over sockets (`tests/it/replies`).\n\n\
    A body with a paid result is the result under any HTTP status. The first row of a table lists the statuses of each column.\n\
    The column 301 is for every 3xx, the column 500 for every 5xx that is not listed, and the column 200 for all others. The row\n\
    \"empty\" also covers a reply whose status allows no body, such as 204. [The bodies](#the-bodies) lists the text of each row.\n\n";

const SECTIONS: [(Method, &str, &str); 5] = [
    (
        Method::Create,
        "createTask",
        "The same for a ticket and for `captask_create_task`.\n\n\
         - **bought**: the task is bought, and a ticket polls for its result.\n\
         - **ready**: the reply is the result.\n\
         - **error**: the answer is the service's error. Nothing was bought.\n\
         - **again**: nothing was bought, and the request is sent again, each time after a longer pause.\n\
         - **unknown**: the answer is `CAPTASK_OUTCOME_UNKNOWN` with `httpStatus` and `firstBytes`. The request is not sent again.",
    ),
    (
        Method::Poll,
        "getTaskResult, for a ticket",
        "- **answer**: the reply is the result.\n\
         - **error**: the ticket ends with the service's error.\n\
         - **wait**: the next poll follows after the interval.\n\
         - **again**: the next poll follows, each time after a longer pause.\n\n\
         A ticket ends with `CAPTASK_TIMEOUT` at its deadline or after its last poll. The description says how the last poll was\n\
         answered.",
    ),
    (
        Method::Result,
        "getTaskResult, for `captask_get_task_result`",
        "- **answer** and **error**: the reply is the answer, even if it says that the task is not ready.\n\
         - **again**: the request is sent again until `callTimeoutMs`. Then the answer is the service's error, or\n  \
         `CAPTASK_BAD_RESPONSE`.\n\
         - **bad**: the answer is `CAPTASK_BAD_RESPONSE` at once, because a repetition would bring the same reply. The description\n  \
         says where a redirect points.",
    ),
    (
        Method::Balance,
        "getBalance",
        "The words have the same meaning as for `captask_get_task_result`. With HTTP 200, getUserAgent also accepts a plain text,\n\
         or an object with `userAgent`.",
    ),
    (
        Method::Once,
        "Reports, and methods that captask does not know",
        "The request is sent once. **bad**: the answer is `CAPTASK_BAD_RESPONSE` with `retryable` false, because the service may\n\
         have carried out the request.",
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
        "## Callbacks\n\n- **taken**: the callback brings a solution or an error, and a poll with the same body would end the \
         task. It is\n  answered with 200.\n- **refused**: it is answered with 404. Its URL stays valid, and the client polls \
         the task before its deadline.\n\n| body | |\n| --- | --- |\n",
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
