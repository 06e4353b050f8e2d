//! What a line of the journal looks like, and how it is read.

use crate::client::secret::Secret;
use crate::protocol::json::{Object, quote};

/// Bytes of a line before its JSON: state, polls, taskId and host.
pub const HEAD: usize = 256;

/// Where the taskId begins in the head.
const NAME_AT: usize = 6;

/// Bytes that taskId and host have in the head; the rest is blank.
const ROOM: usize = HEAD - NAME_AT - 2;

/// In place of a taskId that stands in the line's JSON, or in a line of its own.
const ELSEWHERE: &str = "+";

/// A line that is kept.
pub struct Line {
    /// Its bytes.
    pub text: Vec<u8>,
    /// `I`, `B` or `D`.
    pub state: u8,
    /// Polls it has had.
    pub polls: u32,
    /// The task, when it is known.
    pub task_id: Option<String>,
    /// Where it was bought: a host, or the digest of a long one. Empty: at the first.
    pub host: String,
    /// Whose it is.
    pub owner: String,
    /// Bought with a key of the request's own, which is not written down.
    pub own_key: bool,
    /// JSON text to hand back.
    pub extra: Option<String>,
}

impl Line {
    /// Reads a whole line; `None` for a torn one.
    pub fn parse(line: &[u8]) -> Option<Line> {
        let text = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let state = *text.as_bytes().first()?;
        if !matches!(state, b'I' | b'B' | b'D') {
            return None;
        }
        let polls = text.get(2..5)?.parse().ok()?;
        // In an intent there may be half a name: a death came while it was written.
        let names = if state == b'I' { "" } else { text.get(NAME_AT..HEAD)?.trim_end() };
        let (task_id, host) = names.split_once(' ').unwrap_or((names, ""));
        let object = Object::parse(text.get(HEAD..)?).ok()?;
        let (task_id, host) = match (task_id, object.get("taskId")) {
            (ELSEWHERE, Some(id)) => (id.get().to_owned(), object.string("host").unwrap_or_default()),
            _ => (task_id.to_owned(), host.to_owned()),
        };
        let known = !task_id.is_empty() && Object::parse(&format!("{{\"i\":{task_id}}}")).is_ok();
        Some(Line {
            text: line.to_vec(),
            state,
            polls,
            task_id: known.then_some(task_id),
            host,
            owner: object.string("owner")?,
            own_key: object.get("ownKey").is_some(),
            extra: object.get("extra").map(|raw| raw.get().to_owned()),
        })
    }

    /// The line with the taskId that had to be written elsewhere.
    pub fn completed(self, more: More) -> Line {
        let task_id = Some(more.task_id.as_str());
        let text = compose(self.polls, task_id, &more.host, &self.owner, self.own_key, self.extra.as_deref());
        Line { text, state: b'B', task_id: Some(more.task_id), host: more.host, ..self }
    }

    /// Whether the task was bought at `host`.
    pub fn is_of(&self, host: &str) -> bool {
        self.host == host || self.host == short(host)
    }
}

/// A taskId that its line had no room for: `T place {json}`, where `place` is that of the line in the file.
pub struct More {
    /// Where the line is that it belongs to.
    pub place: u64,
    task_id: String,
    host: String,
}

impl More {
    /// Reads such a line; `None` for a torn or another one.
    pub fn parse(line: &[u8]) -> Option<More> {
        let text = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let (place, json) = text.strip_prefix("T ")?.split_once(' ')?;
        let object = Object::parse(json).ok()?;
        Some(More {
            place: place.parse().ok()?,
            task_id: object.get("taskId")?.get().to_owned(),
            host: object.string("host")?,
        })
    }

    /// Writes such a line.
    pub fn compose(place: u64, task_id: &str, host: &str) -> Vec<u8> {
        format!("T {place} {{\"taskId\":{},\"host\":{}}}\n", ascii(task_id), quote(host)).into_bytes()
    }
}

/// A whole line: bought when it has a taskId, an intent otherwise.
pub fn compose(
    polls: u32,
    task_id: Option<&str>,
    host: &str,
    owner: &str,
    own_key: bool,
    extra: Option<&str>,
) -> Vec<u8> {
    let names = task_id.map_or(Some(String::new()), |id| names(id, host));
    let state = if task_id.is_some() { b'B' } else { b'I' };
    let mut line = head(state, polls, names.as_deref()).to_vec();
    line.extend_from_slice(format!("{{\"owner\":{}", quote(owner)).as_bytes());
    if let (None, Some(id)) = (names, task_id) {
        line.extend_from_slice(format!(",\"taskId\":{},\"host\":{}", ascii(id), quote(host)).as_bytes());
    }
    if own_key {
        line.extend_from_slice(b",\"ownKey\":true");
    }
    if let Some(extra) = extra {
        line.extend_from_slice(format!(",\"extra\":{}", one_line(extra)).as_bytes());
    }
    line.extend_from_slice(b"}\n");
    line
}

/// The fixed part of a line; without `names` the taskId stands elsewhere.
pub fn head(state: u8, polls: u32, names: Option<&str>) -> [u8; HEAD] {
    let mut head = [b' '; HEAD];
    let text = format!("{} {:03} {}", char::from(state), polls.min(999), names.unwrap_or(ELSEWHERE));
    // What `names` made fits; whatever came, the line's JSON is never written over.
    for (place, byte) in head.iter_mut().zip(text.bytes().take(NAME_AT + ROOM)) {
        *place = byte;
    }
    head
}

/// TaskId and host as they stand in a head; `None` when there is no room for the taskId.
pub fn names(task_id: &str, host: &str) -> Option<String> {
    let id = ascii(task_id);
    let whole = format!("{id} {host}");
    if whole.len() <= ROOM && host.bytes().all(|b| b.is_ascii_graphic()) {
        return Some(whole);
    }
    Some(format!("{id} {}", short(host))).filter(|short| short.len() <= ROOM)
}

/// JSON of one value in visible ASCII: what else there is in it can only stand in a string.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii_graphic() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

/// A host that is too long for a head, so that it can be told from the others.
fn short(host: &str) -> String {
    format!("#{:016x}", digest(host.bytes()))
}

/// Whose lines these are: a digest of endpoint and key, never the key.
pub fn owner(key: &Secret, host: &str) -> String {
    format!("{:016x}", digest(host.bytes().chain([0]).chain(key.expose().bytes())))
}

fn digest(bytes: impl Iterator<Item = u8>) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// JSON text without line breaks, which can only stand between its tokens.
fn one_line(json: &str) -> String {
    json.replace(['\n', '\r'], " ")
}
