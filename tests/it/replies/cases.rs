//! The rows: statuses and bodies.

/// What stands for the row's own taskId in a body.
pub const ID: &str = "@";

/// HTTP statuses that servers, gateways and proxies send.
pub const STATUSES: [u16; 27] = [
    200, 201, 202, 204, 206, 301, 302, 400, 401, 402, 403, 404, 405, 407, 408, 410, 413, 422, 429, 500, 501, 502, 503,
    504, 520, 522, 599,
];

/// Whether a reply of this status has no body, whatever its head says.
pub fn bare(status: u16) -> bool {
    status == 204
}

/// What the contract demands of a body under every status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carries {
    /// A taskId: bought.
    Task,
    /// A result: ready.
    Result,
    /// Both.
    Both,
    /// A word that says wait, or an error that does.
    Wait,
    /// An error that the catalogue calls final.
    Final,
    /// Anything else.
    Other,
}

/// A kind of body: its name on the page, what it carries, its text.
pub struct Body {
    pub name: &'static str,
    pub carries: Carries,
    pub text: &'static str,
}

const fn body(name: &'static str, carries: Carries, text: &'static str) -> Body {
    Body { name, carries, text }
}

pub const BODIES: [Body; 42] = [
    body("taskId", Carries::Task, r#"{"errorId":0,"taskId":@}"#),
    body("taskId as text", Carries::Task, r#"{"errorId":0,"taskId":"@"}"#),
    body("taskId, errorId missing", Carries::Task, r#"{"taskId":@}"#),
    body("taskId, errorId `\"0\"`", Carries::Task, r#"{"errorId":"0","taskId":@}"#),
    body("taskId, status processing", Carries::Task, r#"{"errorId":0,"taskId":@,"status":"processing"}"#),
    body(
        "taskId and a result",
        Carries::Both,
        r#"{"errorId":0,"taskId":@,"status":"ready","solution":{"token":"paid"}}"#,
    ),
    body("taskId 0", Carries::Other, r#"{"errorId":0,"taskId":0}"#),
    body("ready", Carries::Result, r#"{"errorId":0,"status":"ready","solution":{"token":"paid"}}"#),
    body(
        "ready, errorCode null",
        Carries::Result,
        r#"{"errorId":0,"errorCode":null,"status":"ready","solution":{"token":"paid"}}"#,
    ),
    body("Ready", Carries::Result, r#"{"errorId":0,"status":"Ready","solution":{"token":"paid"}}"#),
    body("completed", Carries::Result, r#"{"errorId":0,"status":"completed","solution":{"token":"paid"}}"#),
    body("solution without status", Carries::Result, r#"{"errorId":0,"solution":{"token":"paid"}}"#),
    body("ready, errorId `\"0\"`", Carries::Result, r#"{"errorId":"0","status":"ready","solution":{"token":"paid"}}"#),
    body("ready, errorId false", Carries::Result, r#"{"errorId":false,"status":"ready","solution":{"token":"paid"}}"#),
    body("ready, errorId missing", Carries::Result, r#"{"status":"ready","solution":{"token":"paid"}}"#),
    body(
        "ready behind a byte order mark",
        Carries::Result,
        "\u{feff}{\"errorId\":0,\"status\":\"ready\",\"solution\":{\"token\":\"paid\"}}",
    ),
    body("ready, empty solution", Carries::Result, r#"{"errorId":0,"status":"ready","solution":{}}"#),
    body("processing", Carries::Wait, r#"{"errorId":0,"status":"processing","solution":null}"#),
    body("processing, errorId missing", Carries::Wait, r#"{"status":"processing"}"#),
    body(
        "processing with a solution",
        Carries::Wait,
        r#"{"errorId":0,"status":"processing","solution":{"token":"early"}}"#,
    ),
    body("Idle", Carries::Wait, r#"{"errorId":0,"status":"Idle"}"#),
    body("unknown word", Carries::Other, r#"{"errorId":0,"status":"frobnicating"}"#),
    body("CAPTCHA_NOT_READY", Carries::Wait, r#"{"errorId":1,"errorCode":"CAPTCHA_NOT_READY"}"#),
    body("error, final", Carries::Final, r#"{"errorId":1,"errorCode":"ERROR_KEY_DOES_NOT_EXIST","taskId":0}"#),
    body("error, new task", Carries::Final, r#"{"errorId":12,"errorCode":"ERROR_CAPTCHA_UNSOLVABLE"}"#),
    body("error, same request later", Carries::Other, r#"{"errorId":1,"errorCode":"ERROR_TOO_MUCH_REQUESTS"}"#),
    body("error, new task later", Carries::Other, r#"{"errorId":1,"errorCode":"ERROR_NO_SLOT_AVAILABLE"}"#),
    body("error, unknown code", Carries::Other, r#"{"errorId":1,"errorCode":"ERROR_BRAND_NEW"}"#),
    body("error without code", Carries::Other, r#"{"errorId":1}"#),
    body(
        "error under errorId 0",
        Carries::Other,
        r#"{"errorId":0,"status":"failed","errorCode":"ERROR_CAPTCHA_UNSOLVABLE"}"#,
    ),
    body(
        "final error with a solution",
        Carries::Final,
        r#"{"errorId":1,"errorCode":"ERROR_CAPTCHA_UNSOLVABLE","status":"ready","solution":{"token":"no"}}"#,
    ),
    body("error under a CAPTASK_ code", Carries::Other, r#"{"errorId":1,"errorCode":"CAPTASK_CONNECT"}"#),
    body("balance", Carries::Other, r#"{"errorId":0,"balance":1.5}"#),
    body("user agent as text", Carries::Other, "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"),
    body("user agent as JSON", Carries::Other, r#"{"UserAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64)"}"#),
    body("object of a gateway", Carries::Other, r#"{"message":"Bad Gateway"}"#),
    body("`{}`", Carries::Other, "{}"),
    body("array", Carries::Other, r#"[{"errorId":0,"taskId":@}]"#),
    body("JSON text", Carries::Other, r#""ready""#),
    body("cut JSON", Carries::Other, r#"{"errorId":0,"status":"ready","solution":{"token":"pa"#),
    body("HTML", Carries::Other, "<!DOCTYPE html><html><body><h1>Overloaded</h1></body></html>"),
    body("empty", Carries::Other, ""),
];

/// Every row: its number from 1, its status and its body. A reply that has no body is one row.
pub fn rows() -> impl Iterator<Item = (usize, u16, &'static Body)> {
    STATUSES
        .into_iter()
        .flat_map(|status| BODIES.iter().map(move |body| (status, body)))
        .filter(|(status, body)| !bare(*status) || body.text.is_empty())
        .enumerate()
        .map(|(row, (status, body))| (row + 1, status, body))
}

/// The body's text with a taskId of its row's own.
pub fn text(body: &Body, row: usize) -> String {
    body.text.replace(ID, &id(row).to_string())
}

/// The taskId of a row.
pub fn id(row: usize) -> usize {
    5_000_000 + row
}
