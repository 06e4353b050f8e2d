//! One request and its reply on one connection.

use super::error::{kind_of, refuses, tls_error, words};
use super::receive::{Keep, Receiving};
use super::send::Sending;
use super::{BUFFER, Connection, ErrorKind, Reply, Request, Stage, TransportError};
use crate::sys::{self, Watched};
use std::cell::Cell;
use std::io::{self, Read};
use std::time::Instant;

/// Whether the system shows new bytes only after a read that found none.
const READS_REARM: bool = cfg!(windows);

/// How far an exchange has come.
pub enum Moved {
    /// More is to come: wait for its socket or its deadline.
    Pending,
    /// The reply, and the connection when it may be used again.
    Done(Reply, Option<Box<Connection>>),
    /// There will be no reply.
    Broken(TransportError),
}

/// A request on its way out and its reply on its way in.
pub struct Exchange {
    connection: Option<Box<Connection>>,
    deadline: Instant,
    /// Whether reads may wait for something to come.
    wait: bool,
    progress: Progress,
}

struct Progress {
    sending: Sending,
    receiving: Receiving,
    /// Why the request could not be written to its end.
    unsent: Option<io::Error>,
}

impl Exchange {
    /// Begins; nothing is written before the first [`Exchange::advance`].
    pub fn begin(connection: Box<Connection>, request: Request, deadline: Instant) -> Exchange {
        let (sending, asked) = Sending::begin(request);
        let progress = Progress { sending, receiving: Receiving::new(asked), unsent: None };
        Exchange { connection: Some(connection), deadline, wait: false, progress }
    }

    /// When it ends at the latest.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Has [`Exchange::advance`] wait for a while when there is nothing to write and nothing to read, if the connection
    /// can.
    pub(super) fn wait(&mut self, wait: bool) {
        self.wait = wait && self.connection.as_ref().is_some_and(|connection| connection.patient);
    }

    /// Whether it does.
    pub(super) fn is_patient(&self) -> bool {
        self.wait
    }

    /// Writes what the socket takes and reads what is there.
    pub fn advance(&mut self, now: Instant) -> Moved {
        let progress = &mut self.progress;
        let Some(connection) = &mut self.connection else {
            return Moved::Broken(TransportError::new(Stage::FirstByte, ErrorKind::Other, "this exchange is over"));
        };
        let reply = match progress.advance(connection, self.wait) {
            Ok(Some((reply, keep))) => (reply, keep),
            Ok(None) if now >= self.deadline => {
                return Moved::Broken(self.give_up(ErrorKind::Timeout, "the exchange took too long"));
            }
            Ok(None) => return Moved::Pending,
            Err(error) => {
                self.connection = None;
                return Moved::Broken(error);
            }
        };
        let whole = progress.unsent.is_none() && progress.sending.done();
        let large = progress.sending.large();
        let kept = self.connection.take().filter(|connection| {
            // A server that has answered before it had the request may never read the rest.
            whole && !connection.stream.holds() && !(large && sys::sends(connection.stream.socket()))
        });
        match reply {
            (reply, Keep::Close) => Moved::Done(reply, None),
            (reply, Keep::Open(keep_until)) => {
                let kept = kept.map(|mut connection| {
                    connection.keep_until = keep_until;
                    connection
                });
                Moved::Done(reply, kept)
            }
        }
    }

    /// Ends it here; what is known of it.
    pub(super) fn give_up(&mut self, kind: ErrorKind, why: &str) -> TransportError {
        self.connection = None;
        self.progress.broken(kind, why.to_owned())
    }

    /// The socket to wait for.
    pub(super) fn waits(&self) -> Option<Watched<'_>> {
        let stream = &self.connection.as_ref()?.stream;
        let write = self.progress.unsent.is_none() && !self.progress.sending.done() || stream.holds();
        Some(Watched { socket: stream.socket(), read: true, write })
    }
}

impl Progress {
    fn advance(&mut self, connection: &mut Connection, wait: bool) -> Result<Option<(Reply, Keep)>, TransportError> {
        let stream = &mut connection.stream;
        if self.unsent.is_none() && (!self.sending.done() || stream.holds()) {
            let first = !self.sending.begun();
            match self.sending.advance(stream) {
                // Nothing can have come yet that is not going to be reported: a read now finds nothing as a rule.
                Ok(()) if first && !connection.fresh && !wait && !READS_REARM => return Ok(None),
                Ok(()) => {}
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
                // The reply may be there all the same.
                Err(e) => self.unsent = Some(e),
            }
            connection.fresh = false;
        }
        stream.wait(wait && self.unsent.is_none() && self.sending.done() && !stream.holds());
        let came = with_buffer(|buffer| {
            loop {
                match stream.read(buffer) {
                    Ok(0) => {
                        let ended = self.receiving.end().map(|reply| Some((reply, Keep::Close)));
                        return ended.ok_or_else(|| self.failed(io::ErrorKind::UnexpectedEof.into()));
                    }
                    Ok(came) => match self.receiving.take(&buffer[..came]) {
                        Ok(None) => {}
                        Ok(reply) => return Ok(reply),
                        Err(wrong) => {
                            let mut error = self.broken(ErrorKind::Protocol, wrong.why);
                            error.head = error.head.filter(|_| wrong.in_head);
                            return Err(error);
                        }
                    },
                    Err(e) if e.kind() == io::ErrorKind::WouldBlock => {
                        return match self.unsent.take() {
                            Some(unsent) => Err(self.failed(unsent)),
                            None => Ok(None),
                        };
                    }
                    // TLS that was not ended in its own way.
                    Err(e) if e.kind() == io::ErrorKind::UnexpectedEof && tls_error(&e).is_none() => {
                        let ended = self.receiving.end().map(|reply| Some((reply, Keep::Close)));
                        return ended.ok_or_else(|| self.failed(e));
                    }
                    Err(e) => return Err(self.failed(e)),
                }
            }
        });
        stream.wait(false);
        came
    }

    /// The connection has failed.
    fn failed(&mut self, error: io::Error) -> TransportError {
        match tls_error(&error) {
            Some(rustls::Error::AlertReceived(alert)) if refuses(*alert) && !self.receiving.begun => {
                let mut broken = self.broken(ErrorKind::Refused, words(&error));
                broken.stage = Stage::Alert;
                broken
            }
            Some(rustls::Error::AlertReceived(_)) => self.broken(ErrorKind::Cut, words(&error)),
            Some(_) => self.broken(ErrorKind::Protocol, words(&error)),
            None => self.broken(kind_of(&error), words(&error)),
        }
    }

    fn broken(&mut self, kind: ErrorKind, why: String) -> TransportError {
        let stage = if self.receiving.begun { Stage::Exchange } else { Stage::FirstByte };
        let head = self.receiving.head();
        TransportError { stage, sent: self.sending.begun(), kind, why, part: self.receiving.part(), head }
    }
}

/// Lends the thread's buffer for reading. A host may call from a destructor of its thread, when the place for it is
/// gone: then it is made anew.
fn with_buffer<T>(read: impl FnOnce(&mut [u8]) -> T) -> T {
    thread_local! {
        static BYTES: Cell<Option<Box<[u8]>>> = const { Cell::new(None) };
    }
    let kept = BYTES.try_with(Cell::take).ok().flatten();
    let mut bytes = kept.unwrap_or_else(|| vec![0; BUFFER].into_boxed_slice());
    let result = read(&mut bytes);
    let _ = BYTES.try_with(|place| place.set(Some(bytes)));
    result
}
