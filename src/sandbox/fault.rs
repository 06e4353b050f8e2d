//! Faults: what goes wrong, and at which requests.

use super::method::Method;
use super::random::Random;
use super::reader::{Reader, refuse};
use crate::protocol::Failure;
use serde_json::value::RawValue;
use std::time::Duration;

/// The members of a fault.
pub(super) const KEYS: &[&str] = &[
    "kind",
    "method",
    "nth",
    "every",
    "rate",
    "count",
    "status",
    "retryAfterS",
    "body",
    "error",
    "delayMs",
    "forMs",
    "bytes",
    "executes",
];

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Refuse,
    ResetBeforeRead,
    ResetAfterRead,
    DropReply,
    Truncate,
    Stall,
    SlowBytes,
    Status,
    Html,
    Garbage,
    WrongEnvelope,
    WrongContentLength,
    Oversize,
    Error,
    Delay,
}

impl Kind {
    pub(super) const WORDS: &'static [(&'static str, Kind)] = &[
        ("refuse", Kind::Refuse),
        ("resetBeforeRead", Kind::ResetBeforeRead),
        ("resetAfterRead", Kind::ResetAfterRead),
        ("dropReply", Kind::DropReply),
        ("truncate", Kind::Truncate),
        ("stall", Kind::Stall),
        ("slowBytes", Kind::SlowBytes),
        ("status", Kind::Status),
        ("html", Kind::Html),
        ("garbage", Kind::Garbage),
        ("wrongEnvelope", Kind::WrongEnvelope),
        ("wrongContentLength", Kind::WrongContentLength),
        ("oversize", Kind::Oversize),
        ("error", Kind::Error),
        ("delay", Kind::Delay),
    ];

    pub(super) fn word(self) -> &'static str {
        Kind::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// Whether it strikes before the request's body is read.
    pub(super) fn unread(self) -> bool {
        matches!(self, Kind::Refuse | Kind::ResetBeforeRead)
    }

    /// Whether the request is carried out (a task bought) though its answer goes wrong, when nothing else is said.
    fn executes(self) -> bool {
        use Kind::{Delay, DropReply, SlowBytes, Stall, Truncate, WrongContentLength};
        matches!(self, DropReply | Truncate | Stall | SlowBytes | WrongContentLength | Delay)
    }
}

/// Which of the matching requests are struck.
#[derive(Debug, Clone, Copy, PartialEq)]
enum When {
    Each,
    Nth(u64),
    Every(u64),
    Rate(f64),
}

/// One fault in force.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) kind: Kind,
    method: Option<Method>,
    when: When,
    count: Option<u64>,
    pub(super) status: Option<u16>,
    pub(super) retry_after_s: Option<u64>,
    pub(super) body: Option<String>,
    pub(super) error: Option<String>,
    delay: Option<Duration>,
    pub(super) refuse_for: Duration,
    pub(super) bytes: usize,
    pub(super) executes: bool,
    /// As it was configured.
    text: String,
    seen: u64,
    struck: u64,
}

impl Fault {
    pub(super) fn read(raw: &RawValue, path: String) -> Result<Fault, Failure> {
        let reader = Reader::inside(raw, path, KEYS)?;
        let Some(kind) = reader.word("kind", Kind::WORDS)? else {
            let words: Vec<&str> = Kind::WORDS.iter().map(|(word, _)| *word).collect();
            return Err(refuse(&reader.path_of("kind"), format!("expected one of {}", words.join(", "))));
        };
        let mut whens = Vec::new();
        whens.extend(reader.integer("nth", 1, u64::MAX)?.map(When::Nth));
        whens.extend(reader.integer("every", 1, u64::MAX)?.map(When::Every));
        whens.extend(reader.share("rate")?.map(When::Rate));
        if whens.len() > 1 {
            return Err(refuse(&reader.path_of("nth"), "a fault can have only one of nth, every and rate"));
        }
        let error = reader.string("error")?;
        if (kind == Kind::Error) != error.is_some() {
            return Err(refuse(
                &reader.path_of("error"),
                "the kind \"error\" needs this member, and no other kind can have it",
            ));
        }
        let executes = reader.flag("executes")?;
        if kind.unread() && executes == Some(true) {
            return Err(refuse(
                &reader.path_of("executes"),
                "this kind does not read the request, so it cannot carry it out",
            ));
        }
        Ok(Fault {
            kind,
            method: reader.word("method", Method::NAMES)?,
            when: whens.first().copied().unwrap_or(When::Each),
            count: reader.integer("count", 1, u64::MAX)?,
            status: reader.integer("status", 200, 599)?.map(|status| status as u16),
            retry_after_s: reader.integer("retryAfterS", 0, 86_400)?,
            body: reader.string("body")?,
            error,
            delay: reader.millis("delayMs")?,
            refuse_for: reader.millis("forMs")?.unwrap_or(Duration::from_secs(1)),
            bytes: reader.integer("bytes", 0, 256 << 20)?.unwrap_or(16 << 20) as usize,
            executes: executes.unwrap_or(kind.executes()),
            text: raw.get().to_owned(),
            seen: 0,
            struck: 0,
        })
    }

    /// The pause it makes, or a usual one.
    pub(super) fn delay_or(&self, usual_ms: u64) -> Duration {
        self.delay.unwrap_or(Duration::from_millis(usual_ms))
    }

    /// Whether it waits for no request: a refusal without conditions is in force at once.
    fn immediate(&self) -> bool {
        self.kind == Kind::Refuse && self.method.is_none() && self.when == When::Each
    }

    /// Counts a request that it may strike; `false` when it is none.
    fn counts(&mut self, method: Method) -> bool {
        let mine = self.method.is_none_or(|mine| mine == method) && self.count.is_none_or(|count| self.struck < count);
        self.seen += u64::from(mine);
        mine
    }

    /// Whether it strikes the request that was counted last.
    fn strikes(&mut self, random: &mut Random) -> bool {
        let hit = match self.when {
            When::Each => true,
            When::Nth(n) => self.seen == n,
            When::Every(n) => self.seen.is_multiple_of(n),
            When::Rate(share) => random.unit() < share,
        };
        self.struck += u64::from(hit);
        hit
    }
}

/// Every fault in force, each with a number to remove it by.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults {
    list: Vec<(u64, Fault)>,
    last: u64,
}

/// More faults than anybody sets, and few enough to try at each request.
const MOST: usize = 100;

impl Faults {
    /// Adds faults; gives the time for which connections are to be refused from now on, if one says so.
    pub(super) fn add(&mut self, faults: Vec<Fault>) -> Result<Option<Duration>, Failure> {
        if self.list.len() + faults.len() > MOST {
            return Err(refuse("faults", format!("there are more than {MOST} faults")));
        }
        let (now, later): (Vec<Fault>, Vec<Fault>) = faults.into_iter().partition(Fault::immediate);
        for fault in later {
            self.last += 1;
            self.list.push((self.last, fault));
        }
        Ok(now.iter().map(|fault| fault.refuse_for).max())
    }

    pub(super) fn remove(&mut self, id: u64) {
        self.list.retain(|(known, _)| *known != id);
    }

    pub(super) fn clear(&mut self) {
        self.list.clear();
    }

    /// The fault that strikes this request, if one does: the first of the list. `unread` asks for those that strike
    /// before the body is read, or for the others. Each counts the request, whichever strikes it.
    pub(super) fn strike(&mut self, method: Method, unread: bool, random: &mut Random) -> Option<Fault> {
        let mut first: Option<Fault> = None;
        let (now, later): (Vec<&mut Fault>, Vec<&mut Fault>) =
            self.list.iter_mut().map(|(_, fault)| fault).partition(|fault| fault.kind.unread() == unread);
        for fault in now {
            if fault.counts(method) && first.is_none() && fault.strikes(random) {
                first = Some(fault.clone());
            }
        }
        if unread && first.is_some() {
            // Nobody will ask the others about a request that is not read.
            later.into_iter().for_each(|fault| _ = fault.counts(method));
        }
        first
    }

    /// The list as JSON.
    pub(super) fn to_json(&self) -> String {
        let each = |(id, fault): &(u64, Fault)| {
            format!(
                "{{\"id\":{id},\"kind\":\"{}\",\"seen\":{},\"struck\":{},\"fault\":{}}}",
                fault.kind.word(),
                fault.seen,
                fault.struck,
                fault.text
            )
        };
        format!("[{}]", self.list.iter().map(each).collect::<Vec<_>>().join(","))
    }
}
