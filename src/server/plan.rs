//! What a handler is given and what it answers with.

use hyper::HeaderMap;
use hyper::body::{Bytes, Frame, SizeHint};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc;

/// The head of a request.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// The path without the query, percent-encoded as it came.
    pub path: &'a str,
    /// What follows the `?`.
    pub query: Option<&'a str>,
    /// Who asks.
    pub peer: SocketAddr,
    pub(super) headers: &'a HeaderMap,
}

impl Head<'_> {
    /// A header's value; `None` when absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Why a request's body was not handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Larger than [`super::Limits::body_bytes`].
    TooLarge,
    /// Cut off, badly framed or too slow. An answer to it is tried, but may not arrive.
    Broken,
}

/// Answers requests. Every call has to return at once: all connections share one thread.
pub trait Handler: Send + Sync + 'static {
    /// Looks at the head before the body is read. A plan given here ends the request, and the connection too if a
    /// body was to come.
    fn head(&self, _head: &Head<'_>) -> Option<Plan> {
        None
    }

    /// Answers a whole request.
    fn request(&self, head: &Head<'_>, body: &Bytes) -> Plan;

    /// Notes that there were too many connections, and whose was closed for that.
    fn evicted(&self, _closed: SocketAddr) {}

    /// Answers a request whose body was not read whole.
    fn unreadable(&self, _head: &Head<'_>, why: Unreadable) -> Plan {
        match why {
            Unreadable::TooLarge => Plan::text(413, "text/plain; charset=utf-8", "request body too large\n"),
            Unreadable::Broken => Plan::text(400, "text/plain; charset=utf-8", "request body unreadable\n"),
        }
    }
}

/// What to send, and how long to wait before it.
#[derive(Debug)]
pub struct Plan {
    /// Time between the request and the first byte of the answer.
    pub delay: Duration,
    /// The answer.
    pub reply: Reply,
}

/// An answer, or what stands in its place.
#[derive(Debug)]
pub enum Reply {
    /// A proper HTTP answer.
    Answer {
        /// The status code; one that HTTP does not know becomes 500.
        status: u16,
        /// The `content-type`.
        content_type: &'static str,
        /// More headers.
        headers: Vec<(&'static str, String)>,
        /// The body.
        body: Body,
    },
    /// Bytes put on the socket as they are, past the HTTP library, and then the end of the connection.
    Raw(Raw),
}

/// Bytes for the socket, and how the connection ends after them.
#[derive(Debug)]
pub struct Raw {
    /// What is written; may be empty.
    pub bytes: Vec<u8>,
    /// From which byte on one byte at a time is written, and the pause before each.
    pub pace: Option<(usize, Duration)>,
    /// How long the connection then stays open without a word; it ends sooner when the peer closes it.
    pub hold: Duration,
    /// How it ends.
    pub end: End,
}

/// The end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// In order (FIN).
    Close,
    /// With a reset (RST).
    Reset,
}

impl Plan {
    /// An answer at once.
    pub fn answer(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Plan {
        let body = Body::Whole(body.into());
        Plan { delay: Duration::ZERO, reply: Reply::Answer { status, content_type, headers: Vec::new(), body } }
    }

    /// An answer of fixed text.
    pub fn text(status: u16, content_type: &'static str, body: &'static str) -> Plan {
        Plan::answer(status, content_type, Bytes::from_static(body.as_bytes()))
    }

    /// A JSON answer.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Plan {
        Plan::answer(status, "application/json; charset=utf-8", body)
    }

    /// An endless answer of server-sent events, fed through a channel; it ends when the sender is dropped.
    pub fn events(events: mpsc::Receiver<Bytes>) -> Plan {
        let reply = Reply::Answer {
            status: 200,
            content_type: "text/event-stream",
            headers: vec![("cache-control", String::from("no-store"))],
            body: Body::Stream(events),
        };
        Plan { delay: Duration::ZERO, reply }
    }

    /// No answer: the connection just ends.
    pub fn nothing(end: End) -> Plan {
        let raw = Raw { bytes: Vec::new(), pace: None, hold: Duration::ZERO, end };
        Plan { delay: Duration::ZERO, reply: Reply::Raw(raw) }
    }

    /// With one more header (no effect on raw bytes).
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Plan {
        if let Reply::Answer { headers, .. } = &mut self.reply {
            headers.push((name, value.into()));
        }
        self
    }

    /// With a pause before the answer.
    pub fn after(mut self, delay: Duration) -> Plan {
        self.delay = delay;
        self
    }
}

/// The body of an answer.
#[derive(Debug)]
pub enum Body {
    /// All of it.
    Whole(Bytes),
    /// Pieces as they come.
    Stream(mpsc::Receiver<Bytes>),
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Body::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Body::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Body::Stream(pieces) => pieces.poll_recv(cx).map(|piece| piece.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Body::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Body::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Body::Stream(_) => SizeHint::default(),
        }
    }
}
