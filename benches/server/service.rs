//! What the stand-in for the benchmarks answers.

use super::line::Request;
use std::time::{Duration, Instant};

const FIRST_ID: usize = 7_654_321;

/// As long as a solution of the service is.
const SOLUTION_LENGTH: usize = 512;

/// The tasks there are.
pub struct Service {
    solve: Duration,
    created: Vec<Instant>,
    solution: String,
}

impl Service {
    /// No task yet; each will take this long.
    pub fn new(solve: Duration) -> Service {
        Service { solve, created: Vec::new(), solution: "stand-in".repeat(SOLUTION_LENGTH / 8) }
    }

    /// The bytes of the reply.
    pub fn reply(&mut self, request: &Request, now: Instant) -> Vec<u8> {
        match request.path.as_str() {
            "/createTask" => {
                self.created.push(now);
                fine(&format!("\"taskId\":{}", FIRST_ID + self.created.len() - 1))
            }
            "/getTaskResult" => match self.since_created(&request.body, now) {
                Some(time) if time >= self.solve => {
                    fine(&format!("\"status\":\"ready\",\"solution\":{{\"gRecaptchaResponse\":\"{}\"}}", self.solution))
                }
                Some(_) => fine("\"status\":\"processing\",\"solution\":null"),
                None => http(
                    200,
                    "{\"errorId\":16,\"errorCode\":\"ERROR_NO_SUCH_CAPCHA_ID\",\"errorDescription\":null,\"taskId\":0}",
                ),
            },
            "/getBalance" => fine("\"balance\":999.9995"),
            _ => http(404, "no such method\n"),
        }
    }

    fn since_created(&self, body: &str, now: Instant) -> Option<Duration> {
        let (_, rest) = body.split_once("\"taskId\":")?;
        let digits = rest.trim_start().split(|c: char| !c.is_ascii_digit()).next()?;
        let id: usize = digits.parse().ok()?;
        let created = self.created.get(id.checked_sub(FIRST_ID)?)?;
        Some(now.saturating_duration_since(*created))
    }
}

fn fine(members: &str) -> Vec<u8> {
    http(200, &format!("{{\"errorId\":0,\"errorCode\":null,\"errorDescription\":null,{members}}}"))
}

fn http(status: u16, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {}\r\n\
         date: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
