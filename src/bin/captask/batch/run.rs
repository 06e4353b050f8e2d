//! The loop of a batch: lines in, answers out, and an end in good order whatever happens.

use super::answer::{Cause, Verdict, judge, result_line, undone};
use super::input::{Line, Next};
use super::lines::{self, Lines};
use super::results::Results;
use crate::outcome;
use crate::screen::{Progress, note};
use captask::client::{Delivery, Waited};
use captask::instance::Client;
use captask::interrupt;
use captask::protocol::{Code, Failure};
use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long the loop waits for one thing before it looks at the others.
const STEP: Duration = Duration::from_millis(50);

/// Bytes of requests in flight at most.
const BYTES: usize = 64 << 20;

/// What a run needs.
pub struct Setup {
    pub client: Client,
    pub lines: Lines,
    pub results: Results,
    /// Lines that are not blank, where that is known.
    pub total: Option<u64>,
    /// What an earlier run left: tickets, and their lines where a task was or may have been bought.
    pub tickets: Vec<(i64, Option<u64>)>,
    /// Options that every request gets.
    pub options: Vec<(&'static str, String)>,
    /// What the journal knows the batch by.
    pub mark: Option<String>,
    pub parallel: usize,
    pub quiet: bool,
    pub journal: Option<PathBuf>,
}

/// A task in flight.
struct Flight {
    /// Its line; `None` when it is of an earlier run and nothing was bought.
    line: Option<u64>,
    bytes: usize,
    own_key: bool,
}

/// A running batch.
pub struct Run {
    setup: Setup,
    progress: Progress,
    flights: HashMap<i64, Flight>,
    bytes: usize,
    /// A line that the limits hold back, and until when.
    pending: Option<Line>,
    not_before: Instant,
    ended: bool,
    ready: u64,
    failed: u64,
    cause: Option<Cause>,
    /// Tickets that have bought nothing were cancelled after the cause.
    cancelled: bool,
    unwritten: Vec<String>,
}

impl Run {
    /// A run that has done nothing yet.
    pub fn new(setup: Setup) -> Run {
        let (early, early_failed) = setup.lines.earlier;
        let failed = setup.lines.done.failed + early_failed;
        let flight = |line| Flight { line, bytes: 0, own_key: false };
        Run {
            progress: Progress::of_lines(setup.quiet, setup.total),
            flights: setup.tickets.iter().map(|(ticket, line)| (*ticket, flight(*line))).collect(),
            bytes: 0,
            pending: None,
            not_before: Instant::now(),
            ended: false,
            ready: setup.lines.done.lines + early - failed,
            failed,
            cause: None,
            cancelled: false,
            unwritten: Vec::new(),
            setup,
        }
    }

    /// Runs until every line has its result, or something stops it.
    pub fn finish(mut self) -> ExitCode {
        loop {
            if let Some(signal) = interrupt::seen()
                && !matches!(self.cause, Some(Cause::Interrupt(_)))
            {
                if !self.setup.quiet {
                    note("captask: stopping; the batch buys no more tasks. Press Ctrl-C again to end at once.");
                }
                self.stop(Cause::Interrupt(signal));
            }
            self.submit_lines();
            self.wind_down();
            let step = if self.waits_for_lines() { Duration::ZERO } else { STEP };
            let mut got = self.receive(step);
            while got && self.cause.is_none() && self.take_more() {
                got = self.receive(Duration::ZERO);
            }
            let (done, counts) = (self.ready + self.failed, (self.failed, self.flights.len()));
            let held =
                self.pending.as_ref().map(|_| self.not_before.saturating_duration_since(Instant::now()).as_secs());
            self.progress.update(done, || {
                let held = held
                    .filter(|seconds| *seconds > 0)
                    .map(|seconds| format!(", the limits allow the next task in {seconds} s"));
                format!("done, {} failed, {} in flight{}", counts.0, counts.1, held.unwrap_or_default())
            });
            if self.is_over() {
                return self.end();
            }
        }
    }

    /// Whether answers are read on before new lines are looked at: while there is not much room.
    fn take_more(&self) -> bool {
        self.flights.len() * 4 > self.setup.parallel * 3 || self.ended
    }

    fn is_over(&self) -> bool {
        match &self.cause {
            None => self.ended && self.pending.is_none() && self.flights.is_empty(),
            Some(Cause::Interrupt(_) | Cause::Output(_)) => {
                self.cancelled && self.flights.len() <= self.setup.client.engine().paid().len()
            }
            Some(_) => self.cancelled && self.flights.is_empty(),
        }
    }

    /// Whether there is nothing to do but to wait for the next line.
    fn waits_for_lines(&self) -> bool {
        self.flights.is_empty() && self.cause.is_none() && !self.ended && self.has_room()
    }

    fn has_room(&self) -> bool {
        self.flights.len() < self.setup.parallel
            && self.bytes < BYTES
            && !self.setup.results.is_full(self.setup.parallel)
            && Instant::now() >= self.not_before
    }

    /// Submits lines while there is room.
    fn submit_lines(&mut self) {
        while self.cause.is_none() && self.has_room() && interrupt::seen().is_none() {
            let line = match self.pending.take() {
                Some(line) => line,
                None => {
                    let wait = if self.flights.is_empty() { STEP } else { Duration::ZERO };
                    match self.setup.lines.next(wait) {
                        Next::Line(line) => line,
                        Next::NotYet => return,
                        Next::End => return self.ended = true,
                        Next::Broken(failure) => return self.stop(Cause::Input(failure.description)),
                    }
                }
            };
            self.submit(line);
        }
    }

    fn submit(&mut self, line: Line) {
        let number = line.number;
        if self.setup.results.waits(number) || self.setup.lines.adopted.contains(&number) {
            return self.written(None, |results| results.expect(number));
        }
        let request = lines::request(&line, &self.setup.options, self.setup.mark.as_deref());
        if matches!(request, Ok((_, false))) && !self.setup.client.has_key() {
            self.pending = Some(line);
            return self.stop(Cause::Key);
        }
        let submitted = request
            .and_then(|(request, own_key)| Ok((self.setup.client.engine().submit(&request)?, request.len(), own_key)));
        match submitted {
            Ok((ticket, bytes, own_key)) => {
                self.bytes += bytes;
                self.flights.insert(ticket, Flight { line: Some(number), bytes, own_key });
                self.written(None, |results| results.expect(number));
            }
            Err(failure) => match failure.code {
                Code::Guard => self.held_back(line, &failure),
                Code::QueueFull | Code::Closed => {
                    self.pending = Some(line);
                    self.stop(Cause::Journal(failure.to_string()));
                }
                _ => {
                    self.written(None, |results| results.expect(number));
                    let answer = lines::refused(&line, failure);
                    self.failed += u64::from(self.put(number, &answer));
                }
            },
        }
    }

    /// The client's own limits hold a line back.
    fn held_back(&mut self, line: Line, failure: &Failure) {
        let after = failure.members().iter().find(|(name, _)| *name == "retryAfterMs");
        self.pending = Some(line);
        match after.and_then(|(_, ms)| ms.parse().ok()) {
            Some(ms) => self.not_before = Instant::now() + Duration::from_millis(ms),
            // What is in flight may turn out to buy nothing, and does not count then.
            None if !self.flights.is_empty() => self.not_before = Instant::now() + STEP,
            None => self.stop(Cause::MaxTasks(failure.description.clone())),
        }
    }

    /// Takes in the next answer, if one comes in time.
    fn receive(&mut self, wait: Duration) -> bool {
        match self.setup.client.engine().receive(Some(wait)) {
            Waited::NotYet => false,
            Waited::Answer(delivery) => {
                let any = delivery.ticket != 0;
                self.answered(delivery);
                any
            }
        }
    }

    fn answered(&mut self, delivery: Delivery) {
        let Some(flight) = self.flights.remove(&delivery.ticket) else { return };
        self.bytes = self.bytes.saturating_sub(flight.bytes);
        let kept = match (flight.line, judge(&delivery.text, flight.own_key)) {
            (None, _) => true,
            (Some(line), verdict @ (Verdict::Ready | Verdict::Failed)) => {
                let kept = self.put(line, &delivery.text);
                self.ready += u64::from(kept && verdict == Verdict::Ready);
                self.failed += u64::from(kept && verdict == Verdict::Failed);
                kept
            }
            (Some(line), Verdict::Undone(cause)) => {
                let answer = if cause.is_some() { delivery.text.clone() } else { undone() };
                if let Some(cause) = cause {
                    self.stop(cause);
                } else if self.cause.is_none() {
                    self.stop(Cause::Account("the client buys nothing for a time after a refusal".to_owned()));
                }
                // With a journal the next run does the line.
                self.setup.journal.is_some() || self.put(line, &answer)
            }
        };
        if let Some(receipt) = delivery.receipt {
            if kept { receipt.confirm() } else { receipt.keep() }
        }
    }

    /// Writes a result; `false` when that failed.
    fn put(&mut self, line: u64, answer: &str) -> bool {
        let text = result_line(line, answer);
        if matches!(self.cause, Some(Cause::Output(_))) {
            self.unwritten.push(text);
            return false;
        }
        let copy = text.clone();
        self.written(Some(copy), |results| results.put(line, text));
        !matches!(self.cause, Some(Cause::Output(_)))
    }

    /// Does something with the results; stops when it fails.
    fn written(&mut self, text: Option<String>, work: impl FnOnce(&mut Results) -> std::io::Result<()>) {
        if let Err(e) = work(&mut self.setup.results) {
            self.unwritten.extend(text);
            self.stop(Cause::Output(e.to_string()));
        }
    }

    /// Buys nothing more. An interruption takes the place of every other cause.
    fn stop(&mut self, cause: Cause) {
        if self.cause.is_none() || matches!(cause, Cause::Interrupt(_)) {
            self.cause = Some(cause);
            self.setup.client.engine().hold_purchases();
        }
    }

    /// After a cause: when no createTask is on its way any more, ends every ticket that has bought nothing.
    fn wind_down(&mut self) {
        let engine = self.setup.client.engine();
        if self.cause.is_none() || self.cancelled || engine.creating() > 0 {
            return;
        }
        let paid: Vec<i64> = engine.paid().into_iter().map(|(ticket, _)| ticket).collect();
        for ticket in self.flights.keys().filter(|ticket| paid.binary_search(ticket).is_err()) {
            engine.cancel(*ticket);
        }
        self.cancelled = true;
    }

    /// Writes what is left to write, and says how it went.
    fn end(mut self) -> ExitCode {
        let engine = self.setup.client.engine();
        let paid = engine.paid();
        self.setup.client.stop();
        if self.setup.journal.is_none() {
            while !self.flights.is_empty() && self.receive(Duration::ZERO) {}
        }
        if let Err(e) = self.setup.results.finish() {
            self.stop(Cause::Output(e.to_string()));
        }
        self.setup.client.close();
        drop(std::mem::replace(&mut self.progress, Progress::Silent));
        let code = match &self.cause {
            None => u8::from(self.failed > 0),
            Some(Cause::Interrupt(signal)) => outcome::interrupted(*signal),
            Some(Cause::Network(_)) => outcome::NETWORK,
            Some(Cause::MaxTasks(_) | Cause::Journal(_)) => outcome::HELD,
            Some(Cause::Key | Cause::Input(_)) => outcome::INPUT,
            Some(Cause::Account(_) | Cause::Output(_)) => outcome::REFUSED,
        };
        self.print_progress(&paid);
        ExitCode::from(code)
    }

    fn print_progress(self, paid: &[(i64, String)]) {
        let (ready, failed) = (self.ready, self.failed);
        if !self.setup.quiet {
            let (done, s) = (ready + failed, if ready + failed == 1 { "" } else { "s" });
            note(&format!("captask: {done} line{s} done: {ready} ready, {failed} failed"));
        }
        let Some(cause) = &self.cause else { return };
        let why = match cause {
            Cause::Account(why) => format!("the service refuses the account: {why}"),
            Cause::Key => {
                "there is no key; set CAPTASK_CLIENT_KEY, or \"clientKey\" in the file of --config".to_owned()
            }
            Cause::Network(why) => {
                format!("the service cannot be reached: {why}. Run \"captask doctor\" to find the cause")
            }
            Cause::Journal(why) => format!("the journal cannot be written: {why}"),
            Cause::Output(why) => format!("the results cannot be written: {why}"),
            Cause::Input(why) => format!("the tasks cannot be read: {why}"),
            Cause::MaxTasks(_) => "--max-tasks is reached".to_owned(),
            Cause::Interrupt(_) => "interrupted".to_owned(),
        };
        note(&format!("captask: stopped: {why}"));
        if !paid.is_empty() {
            let ids: Vec<&str> = paid.iter().map(|(_, id)| id.as_str()).collect();
            let (are, s) = if ids.len() == 1 { ("is", "") } else { ("are", "s") };
            note(&format!("captask: {} task{s} {are} paid and not finished, taskId {}", ids.len(), ids.join(", ")));
        }
        match &self.setup.journal {
            Some(path) => {
                let (path, state) = (path.display(), super::resume::state_path(path));
                note(&format!(
                    "captask: to continue, run the same command again; it needs {path} and {}",
                    state.display()
                ));
            }
            None if !self.unwritten.is_empty() => {
                note("captask: these results could not be written:");
                self.unwritten.into_iter().chain(self.setup.results.unwritten()).for_each(|line| note(&line));
            }
            None if !paid.is_empty() => note(
                "captask: to get their results, run a batch with a line {\"taskId\":…} for each within five minutes",
            ),
            None => {}
        }
    }
}
