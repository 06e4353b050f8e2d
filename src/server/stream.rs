//! A socket that gives up on a peer who takes too long.

use super::limits::Limits;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// What the connection is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The next request.
    Idle,
    /// The rest of its head.
    Header,
    /// The rest of its body.
    Body,
    /// Our own answer: the peer owes nothing.
    Answer,
}

/// The phase of a connection and when it began; shared by the socket and the code that answers.
#[derive(Debug, Clone)]
pub(super) struct Clock(Arc<Mutex<(Phase, Instant)>>);

impl Clock {
    pub(super) fn new() -> Self {
        Clock(Arc::new(Mutex::new((Phase::Idle, Instant::now()))))
    }

    pub(super) fn enter(&self, phase: Phase) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (phase, Instant::now());
    }

    pub(super) fn phase(&self) -> Phase {
        self.get().0
    }

    fn get(&self) -> (Phase, Instant) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The socket under the HTTP library.
#[derive(Debug)]
pub(super) struct TimedStream {
    stream: TcpStream,
    clock: Clock,
    limits: Limits,
    reading: Option<Pin<Box<Sleep>>>,
    writing: Option<Pin<Box<Sleep>>>,
}

impl TimedStream {
    pub(super) fn new(stream: TcpStream, clock: Clock, limits: Limits) -> Self {
        TimedStream { stream, clock, limits, reading: None, writing: None }
    }

    pub(super) fn into_inner(self) -> TcpStream {
        self.stream
    }

    /// Whether the peer has used up its time; if not, wakes the task when that may be so.
    fn overdue(&mut self, cx: &mut Context<'_>) -> bool {
        loop {
            let (phase, since) = self.clock.get();
            let limit = match phase {
                Phase::Idle => self.limits.idle,
                Phase::Header => self.limits.header,
                Phase::Body => self.limits.body,
                Phase::Answer => return false,
            };
            let deadline = since + limit;
            // The timer is moved only when it has gone off or stands too late: most requests never touch it.
            let timer = self.reading.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
            if timer.deadline() > deadline {
                timer.as_mut().reset(deadline);
            }
            if timer.as_mut().poll(cx).is_pending() {
                return false;
            }
            if Instant::now() >= deadline {
                return true;
            }
            timer.as_mut().reset(deadline);
        }
    }

    /// Whether what is to be written is the HTTP library's own word, where nobody is to hear it: no handler has seen the
    /// request. One that came along with the request before it is never in its header phase. A piece of an answer that
    /// a peer leaves unread is cut off with that, so answers of a mute server have to be short.
    fn muted(&self) -> bool {
        self.limits.mute && matches!(self.clock.get().0, Phase::Header | Phase::Idle)
    }

    fn written<T>(&mut self, cx: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.writing = None;
            if self.clock.get().0 == Phase::Answer {
                self.clock.enter(Phase::Idle);
                // The HTTP library need not try to read again before more comes: the timer is set here, and now it
                // cannot be overdue.
                self.overdue(cx);
            }
            return outcome;
        }
        let limit: Duration = self.limits.write;
        let timer = self.writing.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        match timer.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for TimedStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(cx, buf);
        match outcome {
            Poll::Ready(Ok(())) if buf.filled().len() > before => {
                if self.clock.get().0 == Phase::Idle {
                    self.clock.enter(Phase::Header);
                }
                outcome
            }
            Poll::Ready(_) => outcome,
            // The end of the stream, as if the peer had closed it.
            Poll::Pending if self.overdue(cx) => Poll::Ready(Ok(())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.muted() {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let outcome = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.written(cx, outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.muted() {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.written(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
