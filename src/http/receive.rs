//! The receiving half of an exchange: bytes in, a reply out.

use super::fast_head;
use super::head::{self, Finder};
use super::reply::{self, AT_ONCE, Reply};
use super::send::Asked;
use super::{BODY_LIMIT, HEAD_LIMIT, PART_LIMIT};
use std::time::Duration;
use ureq_proto::BodyMode;
use ureq_proto::client::state::{RecvBody, RecvResponse};
use ureq_proto::client::{Call, RecvBodyResult, RecvResponseResult};

/// A line of chunked coding is not longer.
const LINE_LIMIT: usize = 16 * 1024;

/// A reply on its way in.
pub struct Receiving {
    stage: ReceiveState,
    /// Bytes that came and could not be taken in without more.
    held: Vec<u8>,
    /// Bytes of interim replies.
    interim: usize,
    finder: Finder,
    /// Whether anything has come.
    pub begun: bool,
}

enum ReceiveState {
    /// Before the head of the reply.
    Asked(Asked),
    /// After a head that was not a usual one.
    Head(Box<Call<RecvResponse>>),
    Body(Box<Body>),
    /// The body after a usual head, of which so many bytes are to come.
    FastHead(Reply, usize),
    Over,
}

struct Body {
    call: Call<RecvBody>,
    reply: Reply,
    keep: Keep,
}

/// Whether the connection lives on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// As long as the server lets it.
    Open(Option<Duration>),
    /// It does not.
    Close,
}

/// What is wrong with a reply.
pub struct BadReply {
    /// In words.
    pub why: String,
    /// Whether its head cannot be read.
    pub in_head: bool,
}

fn wrong(why: impl Into<String>, in_head: bool) -> BadReply {
    BadReply { why: why.into(), in_head }
}

impl Receiving {
    pub fn new(asked: Asked) -> Receiving {
        let stage = ReceiveState::Asked(asked);
        Receiving { stage, held: Vec::new(), interim: 0, finder: Finder::default(), begun: false }
    }

    /// Takes in what came; the reply when it is complete.
    pub fn take(&mut self, came: &[u8]) -> Result<Option<(Reply, Keep)>, BadReply> {
        self.begun |= !came.is_empty();
        if self.held.is_empty() {
            let (used, reply) = self.parse(came)?;
            return Ok(self.rest(&came[used..], reply));
        }
        let mut held = std::mem::take(&mut self.held);
        held.extend_from_slice(came);
        match self.parse(&held) {
            Ok((used, reply)) => {
                held.drain(..used);
                if reply.is_none() {
                    self.held = held;
                    return Ok(None);
                }
                Ok(self.rest(&held, reply))
            }
            Err(error) => {
                self.held = held;
                Err(error)
            }
        }
    }

    /// The connection has ended; the reply when nothing more was to come of it.
    pub fn end(&mut self) -> Option<Reply> {
        match std::mem::replace(&mut self.stage, ReceiveState::Over) {
            ReceiveState::Body(body) if body.may_end() => Some(body.reply),
            other => {
                self.stage = other;
                None
            }
        }
    }

    /// What came of a reply that broke off: its status and the beginning of its body.
    pub fn part(&mut self) -> Option<(u16, Vec<u8>)> {
        let mut reply = match std::mem::replace(&mut self.stage, ReceiveState::Over) {
            ReceiveState::Body(body) => body.reply,
            ReceiveState::FastHead(reply, _) => reply,
            _ => return None,
        };
        reply.body.truncate(PART_LIMIT);
        Some((reply.status, reply.body))
    }

    /// The beginning of a head that is not complete or cannot be read.
    pub fn head(&mut self) -> Option<Vec<u8>> {
        const MOST: usize = 512;
        self.held.truncate(MOST);
        let head = std::mem::take(&mut self.held);
        (!matches!(self.stage, ReceiveState::Body(_) | ReceiveState::FastHead(..)) && !head.is_empty()).then_some(head)
    }

    /// Holds what was left; behind a complete reply nothing may be.
    fn rest(&mut self, rest: &[u8], reply: Option<(Reply, Keep)>) -> Option<(Reply, Keep)> {
        match reply {
            Some((reply, keep)) => Some((reply, if rest.is_empty() { keep } else { Keep::Close })),
            None => {
                self.held.extend_from_slice(rest);
                None
            }
        }
    }

    /// How much of `input` was taken in, and the reply when that completed it.
    fn parse(&mut self, input: &[u8]) -> Result<(usize, Option<(Reply, Keep)>), BadReply> {
        let mut used = 0;
        loop {
            let rest = &input[used..];
            match std::mem::replace(&mut self.stage, ReceiveState::Over) {
                ReceiveState::Over => return Ok((used, None)),
                stage @ (ReceiveState::Asked(_) | ReceiveState::Head(_)) => {
                    let head = self.parse_head(stage, rest).inspect_err(|_| {
                        if self.held.is_empty() {
                            self.held.extend_from_slice(rest);
                        }
                    })?;
                    match head {
                        Head::Wait => return Ok((used, None)),
                        Head::Interim(size) | Head::Body(size) => used += size,
                        Head::Whole(size, reply, keep) => return Ok((used + size, Some((reply, keep)))),
                    }
                }
                ReceiveState::FastHead(mut reply, left) => {
                    let part = rest.get(..left).unwrap_or(rest);
                    reply.body.extend_from_slice(part);
                    used += part.len();
                    if part.len() == left {
                        return Ok((used, Some((reply, Keep::Open(None)))));
                    }
                    self.stage = ReceiveState::FastHead(reply, left - part.len());
                    return Ok((used, None));
                }
                ReceiveState::Body(mut body) => {
                    let taken = match body.take(rest) {
                        Ok(taken) => taken,
                        Err(why) => {
                            self.stage = ReceiveState::Body(body);
                            return Err(wrong(why, false));
                        }
                    };
                    used += taken;
                    if body.is_whole() {
                        let Body { call, reply, keep } = *body;
                        let close = match call.proceed() {
                            Some(RecvBodyResult::Redirect(call)) => call.must_close_connection(),
                            Some(RecvBodyResult::Cleanup(call)) => call.must_close_connection(),
                            None => true,
                        };
                        return Ok((used, Some((reply, if close { Keep::Close } else { keep }))));
                    }
                    self.stage = ReceiveState::Body(body);
                    if taken == 0 {
                        return Ok((used, None));
                    }
                }
            }
        }
    }

    fn parse_head(&mut self, stage: ReceiveState, input: &[u8]) -> Result<Head, BadReply> {
        if !head::may_begin(input) {
            return Err(wrong("the reply is not HTTP/1", true));
        }
        let end = self.finder.end(input);
        if self.interim + end.unwrap_or(input.len()) > HEAD_LIMIT {
            return Err(wrong(format!("the reply's head is longer than {HEAD_LIMIT} bytes"), true));
        }
        let Some(end) = end else {
            self.stage = stage;
            return Ok(Head::Wait);
        };
        self.finder = Finder::default();
        let mut call = match stage {
            ReceiveState::Head(call) => call,
            ReceiveState::Asked(asked) => {
                if let Some(fast_head) = fast_head::reply(&input[..end]) {
                    let length = fast_head.length;
                    self.stage = ReceiveState::FastHead(Reply::fast_head(fast_head), length);
                    return Ok(Head::Body(end));
                }
                let unsaid = |e| wrong(format!("the reply cannot be read: {e}"), true);
                Box::new(asked.call().map_err(unsaid)?.0)
            }
            ReceiveState::Body(_) | ReceiveState::FastHead(..) | ReceiveState::Over => return Ok(Head::Wait),
        };
        let clean = head::clean(&input[..end]);
        let response = match call.try_response(&clean.bytes, false) {
            // Interim replies may have headers, which mean nothing to a request that did not ask for them.
            Err(ureq_proto::Error::HeadersWith100) => None,
            Ok((0, None)) => return Err(wrong("the reply's head has no end", true)),
            Ok((_, response)) => response,
            Err(e) => return Err(wrong(format!("the reply's head cannot be read: {e}"), true)),
        };
        let Some(response) = response else {
            self.interim += end;
            self.stage = ReceiveState::Head(call);
            return Ok(Head::Interim(end));
        };
        if let Some(doubt) = clean.doubt {
            return Err(wrong(format!("the length of the reply is unclear: {doubt}"), true));
        }
        let headers = response.headers();
        let keep = reply::keep_until(headers).map_or(Keep::Close, Keep::Open);
        let reply = Reply::begin(response.status().as_u16(), headers);
        let close = match call.proceed() {
            Some(RecvResponseResult::RecvBody(call)) => {
                let mut body = Box::new(Body { call, reply, keep });
                if let BodyMode::LengthDelimited(size) = body.call.body_mode() {
                    body.reply.body.reserve_exact(usize::try_from(size).unwrap_or(AT_ONCE).min(AT_ONCE));
                }
                self.stage = ReceiveState::Body(body);
                return Ok(Head::Body(end));
            }
            Some(RecvResponseResult::Redirect(call)) => call.must_close_connection(),
            Some(RecvResponseResult::Cleanup(call)) => call.must_close_connection(),
            None => true,
        };
        Ok(Head::Whole(end, reply, if close { Keep::Close } else { keep }))
    }
}

/// What the beginning of the input was, and how many bytes of it.
enum Head {
    Wait,
    Interim(usize),
    Body(usize),
    Whole(usize, Reply, Keep),
}

impl Body {
    /// Decodes a part of the body; how much of `input` it was.
    fn take(&mut self, input: &[u8]) -> Result<usize, String> {
        if input.is_empty() {
            return Ok(0);
        }
        let bytes = &mut self.reply.body;
        let start = bytes.len();
        let room = match self.call.body_mode() {
            BodyMode::LengthDelimited(left) => usize::try_from(left).unwrap_or(usize::MAX).min(input.len()),
            _ => input.len(),
        };
        bytes.resize(start + room, 0);
        let read = self.call.read(input, &mut bytes[start..]);
        bytes.truncate(start + read.as_ref().map_or(0, |(_, made)| *made));
        let (used, _) = read.map_err(|e| format!("the reply's body cannot be read: {e}"))?;
        if bytes.len() > BODY_LIMIT {
            return Err(format!("the reply's body is longer than {BODY_LIMIT} bytes"));
        }
        if used == 0 && input.len() > LINE_LIMIT {
            return Err("a line of the reply's chunked body has no end".to_owned());
        }
        Ok(used)
    }

    fn is_whole(&self) -> bool {
        self.call.body_mode() != BodyMode::CloseDelimited && self.call.can_proceed()
    }

    /// Whether the end of the connection completes it. Some servers leave out the last line break of the last chunk.
    fn may_end(&self) -> bool {
        self.call.body_mode() == BodyMode::CloseDelimited || self.call.is_ended_chunked()
    }
}
