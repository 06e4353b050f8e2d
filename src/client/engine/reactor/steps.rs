//! What moves a connection in the making or an exchange, and what that comes to for the machine.

use super::{BUSY, Outcome, Reactor, Slot, method};
use crate::client::engine::event::{Ask, Event, Send};
use crate::client::purchase::Broken;
use crate::http::{Dial, Exchange, Moved, Step, TransportError};
use crate::log;
use mio::Token;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Bytes of a reply that an error text may show the beginning of.
const SHOWN: usize = 4096;

impl Reactor {
    /// Moves what a token stands for.
    pub(super) fn step(&mut self, token: usize, now: Instant, outcomes: &mut Vec<Outcome>) {
        match self.unwatch(token) {
            Some(Slot::Dial { dial, host }) => self.step_dial(token, dial, host, now, outcomes),
            Some(Slot::Exchange { exchange, send, began }) => {
                self.step_exchange(token, exchange, send, began, now, outcomes);
            }
            None => {}
        }
    }

    pub(super) fn step_dial(
        &mut self,
        token: usize,
        mut dial: Box<Dial>,
        host: usize,
        now: Instant,
        out: &mut Vec<Outcome>,
    ) {
        match dial.advance(now, Some((self.poll.registry(), Token(token)))) {
            Step::Pending => {
                let at = dial.timer().unwrap_or(now + BUSY);
                self.watch(token, Slot::Dial { dial, host }, at);
                return;
            }
            Step::Done(connection) => {
                self.latency.connected(now);
                out.push(Outcome::Event(Event::Reached(host)));
                out.push(Outcome::Free(connection));
            }
            Step::Failed(error) => {
                self.shared.service.pool.gone();
                out.push(Outcome::Event(self.unreachable(host, error)));
            }
        }
        self.dialling[host] = self.dialling[host].saturating_sub(1);
    }

    pub(super) fn unreachable(&self, host: usize, error: TransportError) -> Event {
        let service = &self.shared.service;
        let url = service.url(host);
        log::warn(|| format!("{url}: {} (nothing was sent)", error.why));
        // The connection was for no request in particular.
        let Broken { again, failure, .. } = service.broken("", url, error, None);
        Event::Unreachable(host, failure, !again)
    }

    pub(super) fn step_exchange(
        &mut self,
        token: usize,
        mut exchange: Box<Exchange>,
        send: Send,
        began: Instant,
        now: Instant,
        out: &mut Vec<Outcome>,
    ) {
        self.current = Some(send.ticket);
        let moved = exchange.advance(now);
        let event = match moved {
            Moved::Pending => {
                self.current = None;
                let at = exchange.deadline();
                return self.watch(token, Slot::Exchange { exchange, send, began }, at);
            }
            Moved::Done(reply, connection) => {
                self.latency.end(began, now);
                match connection {
                    Some(connection) => out.push(Outcome::Free(connection)),
                    None => self.shared.service.pool.gone(),
                }
                let service = &self.shared.service;
                let answer = service.answer(reply, send.host);
                log::debug(|| {
                    let took = now.saturating_duration_since(began).as_millis();
                    format!(
                        "ticket {}: HTTP {} from {} after {took} ms",
                        send.ticket,
                        answer.status,
                        service.url(send.host)
                    )
                });
                let shown = if send.ask == Ask::Create && answer.text.len() < SHOWN && fine(&answer.text) {
                    String::new()
                } else if send.ask == Ask::Create {
                    service.shown(&answer.text, Some(send.body.expose()))
                } else {
                    String::new()
                };
                Event::Replied(send.ticket, answer, shown)
            }
            Moved::Broken(error) => {
                self.latency.end(began, now);
                self.shared.service.pool.gone();
                let service = &self.shared.service;
                let method = method(send.ask);
                let url = format!("{}/{method}", service.url(send.host));
                log::warn(|| {
                    let stage = if error.sent { "after sending" } else { "nothing was sent" };
                    format!("{method}: {url}: {} ({stage})", error.why)
                });
                Event::Broken(send.ticket, service.broken(method, &url, error, Some(send.body.expose())))
            }
        };
        self.busy[send.host] = self.busy[send.host].saturating_sub(1);
        self.shared.exchanges.fetch_sub(1, Ordering::Relaxed);
        out.push(Outcome::Event(event));
        self.current = None;
    }
}

/// Whether a createTask reply is of the usual kind, whose beginning no error text will need.
fn fine(text: &str) -> bool {
    text.starts_with("{\"errorId\":0") && text.contains("\"taskId\"")
}
