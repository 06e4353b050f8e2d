//! One request and its reply on one connection: ureq's protocol library reads and writes HTTP, this moves its bytes.

use super::pool::{Connection, Pool};
use super::{BUFFER, PART_LIMIT, Reply, retry_after};
use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};
use ureq::Error;
use ureq::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use ureq::http::{HeaderName, HeaderValue, Method, Request, Uri};
use ureq::unversioned::transport::{NextTimeout, time};
use ureq_proto::BodyMode;
use ureq_proto::client::state::{RecvBody, RecvResponse};
use ureq_proto::client::{Call, RecvBodyResult, RecvResponseResult, SendRequestResult};
use zeroize::Zeroize;

/// The longest head of a reply, interim ones before it included.
const HEAD_LIMIT: usize = 64 * 1024;

/// How long a reply that has begun may hold up those of other connections.
const SLICE: Duration = Duration::from_millis(50);

/// The User-Agent of our own requests.
pub const AGENT: &str = concat!("captask/", env!("CARGO_PKG_VERSION"));

/// How long to wait for what has not come yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Until the exchange's own end.
    All,
    /// Not at all: there are others to look after.
    None,
}

/// A request that has left and whose reply is not complete.
pub struct Exchange {
    /// Until the reply is complete.
    connection: Option<Connection>,
    pool: Arc<Pool>,
    stage: Stage,
    /// Bytes of interim replies.
    interim: usize,
    /// The beginning of a head that is longer than the connection's buffer.
    held: Vec<u8>,
    /// Bytes that the reply's body may have.
    most: u64,
    end: Instant,
}

enum Stage {
    Head(Box<Call<RecvResponse>>),
    Body(Box<Body>),
    Done,
}

struct Body {
    call: Call<RecvBody>,
    reply: Reply,
}

/// A timeout as ureq wants it.
pub fn within(left: Duration, reason: ureq::Timeout) -> NextTimeout {
    NextTimeout { after: time::Duration::Exact(left), reason, ..NextTimeout::default() }
}

fn remaining(end: Instant) -> Result<Duration, Error> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(Error::Timeout(ureq::Timeout::Global)) } else { Ok(left) }
}

fn disconnected() -> Error {
    Error::Io(io::Error::new(io::ErrorKind::UnexpectedEof, "the other side closed the connection"))
}

impl Exchange {
    /// Writes a request: a POST of JSON, or a GET when there is no body. The whole of it has left then.
    pub fn begin(
        mut connection: Connection,
        pool: &Arc<Pool>,
        url: &Uri,
        body: Option<&str>,
        most: u64,
        end: Instant,
    ) -> Result<Self, Error> {
        let call = write(&mut connection, url, body, end)?;
        let (stage, pool) = (Stage::Head(Box::new(call)), pool.clone());
        Ok(Exchange { connection: Some(connection), pool, stage, interim: 0, held: Vec::new(), most, end })
    }

    /// The socket to wait on, when it is known.
    pub fn stream(&self) -> Option<&Arc<TcpStream>> {
        self.connection.as_ref()?.stream.as_ref()
    }

    /// When it ends at the latest.
    pub fn end(&self) -> Instant {
        self.end
    }

    /// What has come of a reply that broke off: its status and the beginning of its body.
    pub fn part(&mut self) -> Option<(u16, Vec<u8>)> {
        match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Body(mut body) => {
                body.reply.body.truncate(PART_LIMIT);
                Some((body.reply.status, body.reply.body))
            }
            _ => None,
        }
    }

    /// Reads on; the reply, or `None` when more of it is to come. Without patience, to be called when there is
    /// something to read.
    pub fn advance(&mut self, patience: Patience) -> Result<Option<Reply>, Error> {
        loop {
            if let Some(reply) = self.parse(false)? {
                return Ok(Some(reply));
            }
            let Some(connection) = &mut self.connection else { return Err(disconnected()) };
            let left = match patience {
                Patience::All => remaining(self.end)?,
                // What has come in time counts, even when it is looked at late.
                Patience::None => self.end.saturating_duration_since(Instant::now()).max(SLICE),
            };
            // TLS may hold bytes that the socket does not show any more: it is asked until it has none.
            let wait = if patience == Patience::None && connection.transport.is_tls() { Duration::ZERO } else { left };
            let more = match connection.transport.await_input(within(wait, ureq::Timeout::Global)) {
                Ok(more) => more,
                Err(Error::Timeout(_)) if patience == Patience::None => return remaining(self.end).map(|_| None),
                Err(Error::Io(e)) if matches!(self.stage, Stage::Body(_)) && hung_up(&e) => false,
                Err(e) => return Err(e),
            };
            if !more {
                return self.parse(true)?.map(Some).ok_or_else(disconnected);
            }
            if patience == Patience::None && !connection.transport.is_tls() {
                let reply = self.parse(false)?;
                return if reply.is_none() { remaining(self.end).map(|_| None) } else { Ok(reply) };
            }
        }
    }

    /// Takes in what the connection has read; the reply when it is complete.
    fn parse(&mut self, ended: bool) -> Result<Option<Reply>, Error> {
        let Some(connection) = &mut self.connection else { return Ok(None) };
        let buffers = connection.transport.buffers();
        loop {
            match std::mem::replace(&mut self.stage, Stage::Done) {
                Stage::Done => return Ok(None),
                Stage::Head(mut call) => {
                    let input = buffers.input();
                    let (came, held) = (input.len(), self.held.len());
                    if held > 0 || came >= BUFFER {
                        self.held.extend_from_slice(input);
                    }
                    let head = if self.held.is_empty() { input } else { &self.held };
                    let (used, response) = match call.try_response(head, false) {
                        // Allowed, and of no meaning to a request that does not ask for it.
                        Err(ureq_proto::Error::HeadersWith100) => (end_of_head(head), None),
                        parsed => parsed?,
                    };
                    let size = self.interim + if response.is_some() { used } else { head.len() };
                    if size > HEAD_LIMIT {
                        return Err(Error::LargeResponseHeader(size, HEAD_LIMIT));
                    }
                    if used == 0 && response.is_none() {
                        buffers.input_consume(if self.held.is_empty() { 0 } else { came });
                        self.stage = Stage::Head(call);
                        return Ok(None);
                    }
                    // What was held had no end: it stands in what came now.
                    buffers.input_consume(used.saturating_sub(held));
                    self.held.clear();
                    let Some(response) = response else {
                        // An interim reply was taken in: the real one may stand behind it.
                        self.interim += used;
                        self.stage = Stage::Head(call);
                        continue;
                    };
                    let header = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok());
                    let expected = header(CONTENT_LENGTH).and_then(|n| n.trim().parse().ok()).unwrap_or(0usize);
                    let reply = Reply {
                        status: response.status().as_u16(),
                        retry_after_ms: header(RETRY_AFTER).and_then(|value| retry_after(value.trim())),
                        body: Vec::with_capacity(expected.min(1 << 20)),
                    };
                    let close = match call.proceed() {
                        Some(RecvResponseResult::RecvBody(call)) => {
                            self.stage = Stage::Body(Box::new(Body { call, reply }));
                            continue;
                        }
                        Some(RecvResponseResult::Redirect(call)) => call.must_close_connection(),
                        Some(RecvResponseResult::Cleanup(call)) => call.must_close_connection(),
                        None => true,
                    };
                    self.release(close);
                    return Ok(Some(reply));
                }
                Stage::Body(mut body) => {
                    let input = buffers.input();
                    let used = match body.take(input, self.most) {
                        Ok(used) => used,
                        Err(error) => {
                            // What came of it is to be told.
                            self.stage = Stage::Body(body);
                            return Err(error);
                        }
                    };
                    buffers.input_consume(used);
                    if body.complete(ended) {
                        let Body { call, reply } = *body;
                        let close = ended
                            || match call.proceed() {
                                Some(RecvBodyResult::Redirect(call)) => call.must_close_connection(),
                                Some(RecvBodyResult::Cleanup(call)) => call.must_close_connection(),
                                None => true,
                            };
                        self.release(close);
                        return Ok(Some(reply));
                    }
                    self.stage = Stage::Body(body);
                    if used == 0 {
                        return Ok(None);
                    }
                }
            }
        }
    }

    fn release(&mut self, close: bool) {
        if let Some(connection) = self.connection.take()
            && !close
        {
            self.pool.keep(connection);
        }
    }
}

impl Body {
    /// Decodes a part of the body; how much of `input` it was.
    fn take(&mut self, input: &[u8], most: u64) -> Result<usize, Error> {
        if input.is_empty() {
            return Ok(0);
        }
        let bytes = &mut self.reply.body;
        let start = bytes.len();
        bytes.resize(start + input.len(), 0);
        let (used, made) = self.call.read(input, &mut bytes[start..])?;
        bytes.truncate(start + made);
        if bytes.len() as u64 > most {
            return Err(Error::BodyExceedsLimit(most));
        }
        Ok(used)
    }

    /// Whether nothing more is to come, given that the other side has hung up or not.
    fn complete(&self, ended: bool) -> bool {
        match self.call.body_mode() {
            BodyMode::CloseDelimited => ended,
            // Some servers leave out the last line break of the last chunk.
            _ => self.call.can_proceed() || (ended && self.call.is_ended_chunked()),
        }
    }
}

/// Where the first head in `input` ends; 0 when it does not.
fn end_of_head(input: &[u8]) -> usize {
    input.windows(4).position(|four| four == b"\r\n\r\n").map_or(0, |at| at + 4)
}

fn hung_up(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(error.kind(), UnexpectedEof | ConnectionAborted | ConnectionReset)
}

/// Sends head and body, in one write when they fit.
fn write(
    connection: &mut Connection,
    url: &Uri,
    body: Option<&str>,
    end: Instant,
) -> Result<Call<RecvResponse>, Error> {
    let mut request = Request::new(());
    *request.uri_mut() = url.clone();
    if body.is_some() {
        *request.method_mut() = Method::POST;
    }
    let headers = request.headers_mut();
    if let Some(body) = body {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    }
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json, text/plain"));
    let mut call = Call::new(request)?.proceed();
    let transport = &mut connection.transport;
    let mut filled = 0;
    while !call.can_proceed() {
        let output = transport.buffers().output();
        filled += call.write(output.get_mut(filled..).unwrap_or_default())?;
    }
    let send = |filled: usize, connection: &mut Connection| {
        let sent = connection.transport.transmit_output(filled, within(remaining(end)?, ureq::Timeout::Global));
        // It may hold a key.
        connection.transport.buffers().output()[..filled].zeroize();
        sent
    };
    match call.proceed()? {
        Some(SendRequestResult::RecvResponse(call)) => {
            send(filled, connection)?;
            Ok(call)
        }
        Some(SendRequestResult::SendBody(mut call)) => {
            let mut rest = body.unwrap_or_default().as_bytes();
            loop {
                let output = connection.transport.buffers().output();
                let now;
                (now, rest) = rest.split_at(rest.len().min(output.len() - filled));
                output[filled..filled + now.len()].copy_from_slice(now);
                call.consume_direct_write(now.len())?;
                send(filled + now.len(), connection)?;
                filled = 0;
                if rest.is_empty() {
                    return call.proceed().ok_or_else(disconnected);
                }
            }
        }
        Some(SendRequestResult::Await100(_)) | None => Err(disconnected()),
    }
}
