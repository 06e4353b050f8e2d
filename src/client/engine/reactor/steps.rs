//! What moves a connection in the making or an exchange, and what that comes to for the machine.

use super::{BUSY, Hand, Outcome, Reactor, Slot, method};
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
    /// Looks at every token that is ready.
    pub(super) fn look(&mut self, now: Instant) {
        while let Some(token) = self.ready.pop_front() {
            if self.slots.contains_key(&token) {
                self.step(token, now);
            } else {
                self.shared.service.pool.check_idle(token);
            }
        }
    }

    /// After a panic: what the thread worked on is gone, and its ticket ends.
    pub(super) fn drop_hand(&mut self) {
        match std::mem::replace(&mut self.hand, Hand::Nothing) {
            Hand::Nothing => {}
            Hand::Dial(host) => {
                self.dialled(host);
                self.shared.service.pool.gone();
            }
            Hand::Exchange(ticket, host) => {
                self.exchanged(host);
                self.shared.service.pool.gone();
                self.outcomes.push_back(Outcome::Event(Event::Fault(ticket)));
            }
            Hand::Reply(ticket) => self.outcomes.push_back(Outcome::Event(Event::Fault(ticket))),
        }
    }

    /// Moves what a token stands for.
    fn step(&mut self, token: usize, now: Instant) {
        match self.unwatch(token) {
            Some(Slot::Dial { dial, host }) => self.step_dial(token, dial, host, now),
            Some(Slot::Exchange { exchange, send, began }) => self.step_exchange(token, exchange, send, began, now),
            None => {}
        }
    }

    pub(super) fn step_dial(&mut self, token: usize, mut dial: Box<Dial>, host: usize, now: Instant) {
        self.hand = Hand::Dial(host);
        match dial.advance(now, Some((self.poll.registry(), Token(token)))) {
            Step::Pending => {
                let at = dial.timer().unwrap_or(now + BUSY);
                self.watch(token, Slot::Dial { dial, host }, at);
                self.hand = Hand::Nothing;
            }
            Step::Done(connection) => {
                self.dialled(host);
                self.latency.connected(now);
                self.outcomes.push_back(Outcome::Event(Event::Reached(host)));
                self.outcomes.push_back(Outcome::Free(connection));
            }
            Step::Failed(error) => {
                self.dialled(host);
                self.shared.service.pool.gone();
                let event = self.unreachable(host, error);
                self.outcomes.push_back(Outcome::Event(event));
            }
        }
    }

    /// A connection was made, or was not.
    fn dialled(&mut self, host: usize) {
        self.hand = Hand::Nothing;
        self.dialling[host] = self.dialling[host].saturating_sub(1);
    }

    /// An exchange has ended.
    fn exchanged(&mut self, host: usize) {
        self.hand = Hand::Nothing;
        self.busy[host] = self.busy[host].saturating_sub(1);
        self.shared.exchanges.fetch_sub(1, Ordering::Relaxed);
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
    ) {
        self.hand = Hand::Exchange(send.ticket, send.host);
        let moved = exchange.advance(now);
        #[cfg(feature = "panic-probe")]
        assert!(!send.body.expose().contains("captask_panic_exchange"), "asked for by the panic-probe feature");
        let event = match moved {
            Moved::Pending => {
                let at = exchange.deadline();
                self.watch(token, Slot::Exchange { exchange, send, began }, at);
                self.hand = Hand::Nothing;
                return;
            }
            Moved::Done(reply, connection) => {
                self.exchanged(send.host);
                self.latency.end(began, now);
                match connection {
                    Some(connection) => self.outcomes.push_back(Outcome::Free(connection)),
                    None => self.shared.service.pool.gone(),
                }
                self.hand = Hand::Reply(send.ticket);
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
                self.exchanged(send.host);
                self.latency.end(began, now);
                self.shared.service.pool.gone();
                self.hand = Hand::Reply(send.ticket);
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
        self.outcomes.push_back(Outcome::Event(event));
        self.hand = Hand::Nothing;
    }
}

/// Whether a createTask reply is of the usual kind, whose beginning no error text will need.
fn fine(text: &str) -> bool {
    text.starts_with("{\"errorId\":0") && text.contains("\"taskId\"")
}
