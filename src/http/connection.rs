//! A connection between exchanges.

use super::error::{tls_error, words};
use super::stream::Stream;
use super::{ErrorKind, Origin, Stage, TransportError};
use crate::sys;
use mio::{Interest, Registry, Token};
use std::io;
use std::time::Duration;

/// An open connection, ready for a request.
pub struct Connection {
    pub(super) origin: Origin,
    pub(super) stream: Stream,
    pub(super) token: Option<Token>,
    /// By [`sys::boot_time`].
    pub(super) keep_until: Option<Duration>,
    /// Whether its socket can wait by itself for something to come.
    pub(super) patient: bool,
    /// No request has gone over it yet.
    pub(super) fresh: bool,
}

impl Connection {
    /// Where it leads.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether a reactor watches it.
    pub fn registered(&self) -> bool {
        self.token.is_some()
    }

    /// What the reactor knows it by.
    pub fn token(&self) -> Option<usize> {
        self.token.map(|token| token.0)
    }

    /// Has a reactor watch it, or watch it under another token.
    pub fn register(&mut self, registry: &Registry, token: Token) -> io::Result<()> {
        let both = Interest::READABLE | Interest::WRITABLE;
        let socket = self.stream.socket_mut();
        if self.token.is_some() {
            registry.reregister(socket, token, both)?;
        } else {
            registry.register(socket, token, both)?;
        }
        self.token = Some(token);
        Ok(())
    }

    /// Whether it is open and nothing has come unasked, in one system call.
    pub fn is_open(&mut self) -> bool {
        self.keep_until.is_none_or(|until| sys::boot_time() < until) && self.stream.fault().is_none()
    }

    /// Why a connection that is not open has failed, when no request has gone over it: making another at once would
    /// end the same. One that was used before has merely come to its end.
    pub fn never_served(&mut self) -> Option<TransportError> {
        let error = self.stream.fault().filter(|_| self.fresh)?;
        Some(match tls_error(&error) {
            Some(_) => TransportError::of(Stage::TlsHello, &error),
            None => TransportError::new(Stage::Tcp, ErrorKind::Cut, format!("before the request, {}", words(&error))),
        })
    }

    /// Until when, by [`sys::boot_time`], the server said that it keeps it, less a margin.
    pub fn keep_until(&self) -> Option<Duration> {
        self.keep_until
    }
}
