//! `captask doctor`: every step on the way to the service, in the order in which they depend on each other.

use crate::arguments::ClientArguments;
use crate::client;
use crate::layout::Page;
use crate::outcome::{INPUT, NETWORK, REFUSED, say};
use captask::client::{Place, Trouble};
use captask::instance::Client;
use captask::protocol::catalog;
use captask::protocol::envelope::Envelope;
use captask::protocol::json::{Object, as_number, quote};
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

/// A clock that is further off breaks certificates and dates.
const CLOCK: Duration = Duration::from_secs(300);

/// What came of a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Ok,
    /// Not as it should be, and no obstacle.
    Warning,
    /// There is nothing to check.
    Unused,
    Failed,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Warning => "warning",
            Status::Unused => "unused",
            Status::Failed => "failed",
        }
    }
}

/// A step that failed: what to do, and the exit code.
struct Stop {
    advice: String,
    code: u8,
}

/// The steps so far.
struct Doctor {
    json: bool,
    steps: Vec<String>,
}

/// The order of the steps.
const STEPS: [&str; 9] = ["configuration", "name", "address", "proxy", "tls", "clock", "key", "balance", "callback"];

/// Does what was typed.
pub fn doctor(arguments: &ClientArguments, json: bool) -> ExitCode {
    let mut doctor = Doctor { json, steps: Vec::new() };
    let result = doctor.examine(arguments);
    doctor.conclude(result.err())
}

impl Doctor {
    /// Notes a step and shows it.
    fn note(&mut self, step: &str, status: Status, detail: &str) {
        let word = status.word();
        if self.json {
            let (step, detail) = (quote(step), quote(detail));
            self.steps.push(format!("{{\"step\":{step},\"status\":\"{word}\",\"detail\":{detail}}}"));
        } else {
            self.steps.push(step.to_owned());
            say(format!("{word:<8} {step:<14} {detail}\n").as_bytes());
        }
    }

    fn fail(&mut self, step: &'static str, detail: &str, advice: impl Into<String>, code: u8) -> Stop {
        self.note(step, Status::Failed, detail);
        Stop { advice: advice.into(), code }
    }

    fn examine(&mut self, arguments: &ClientArguments) -> Result<(), Stop> {
        let client = self.configuration(arguments)?;
        let urls = client.urls();
        for host in 0..urls.len() {
            self.host(&client, host)?;
        }
        let examined = self.account(&client).and_then(|()| self.callback(&client));
        client.close();
        examined
    }

    fn configuration(&mut self, arguments: &ClientArguments) -> Result<Client, Stop> {
        // The tasks in a journal are left to whoever owns it.
        let mut members = vec![("journal", Some("null".to_owned()))];
        members.extend(arguments.timeout_ms.map(|ms| ("connectTimeoutMs", Some(ms.to_string()))));
        let client = client::open_with(arguments, &members).map_err(|failure| {
            let advice = "Correct the member that the line above names. \"captask describe config\" lists every key";
            self.fail("configuration", &failure.description, advice, INPUT)
        })?;
        let urls = client.urls().join(", ");
        self.note("configuration", Status::Ok, &format!("the service is {urls}"));
        Ok(client)
    }

    /// The way to one of the hosts.
    fn host(&mut self, client: &Client, host: usize) -> Result<(), Stop> {
        let Some(route) = client.route(host) else { return Ok(()) };
        if route.proxy.is_some() && route.looks_up {
            self.name(client, &route.server)?;
        }
        let peer = route.proxy.as_ref().map_or(&route.server, |(_, peer)| peer).clone();
        let addresses = self.name(client, &peer)?;
        self.addresses(client, &addresses, route.proxy.is_some())?;
        let greeting = client.greet(host);
        let proxied = route.proxy.as_ref().map(|(kind, (host, port))| format!("{kind:?} proxy at {host}:{port}"));
        match (&proxied, &greeting) {
            (None, _) => self.note("proxy", Status::Unused, "none is configured"),
            (Some(proxy), Err(Trouble { place: Place::Proxy, why })) => {
                let advice = "Check \"proxy\" in the configuration: its scheme, host, port, login and password, and whether \
                              it allows a connection to this host and port";
                return Err(self.fail("proxy", &format!("{proxy}: {why}"), advice, NETWORK));
            }
            (Some(proxy), _) => self.note("proxy", Status::Ok, proxy),
        }
        let server = format!("{}:{}", route.server.0, route.server.1);
        let greeting = match greeting {
            Ok(greeting) => greeting,
            Err(Trouble { place: Place::Reply, why }) => {
                let advice =
                    "The program that answers at this address is not an HTTP server. Check the port in \"endpoint\"";
                return Err(self.fail("tls", &format!("{server}: {why}"), advice, NETWORK));
            }
            Err(Trouble { why, .. }) => {
                let now = httpdate::fmt_http_date(SystemTime::now());
                let advice = format!(
                    "Check the host in \"endpoint\", this machine's clock ({now}), and \"tls\":{{\"roots\":…}}. A firewall \
                     or virus scanner that reads HTTPS uses a certificate of its own: set \"roots\" to a PEM file with its \
                     root, or to \"system\""
                );
                return Err(self.fail("tls", &format!("{server}: {why}"), advice, NETWORK));
            }
        };
        let took = greeting.connected.as_millis();
        if route.https {
            self.note("tls", Status::Ok, &format!("{server}: the certificate is valid; connected in {took} ms"));
        } else if is_local(&route.server.0) {
            self.note("tls", Status::Unused, &format!("{server}: http on this machine; connected in {took} ms"));
        } else {
            self.note("tls", Status::Warning, &format!("{server}: http, so the key is sent unencrypted"));
        }
        self.clock(greeting.date)
    }

    fn name(&mut self, client: &Client, (host, port): &(String, u16)) -> Result<Vec<std::net::SocketAddr>, Stop> {
        match client.look_up(host, *port) {
            Ok(found) => {
                let list: Vec<_> = found.iter().map(|address| address.ip().to_string()).collect();
                match list.as_slice() {
                    [same] if same == host => self.note("name", Status::Ok, &format!("{host} is an address")),
                    _ => self.note("name", Status::Ok, &format!("{host}: {}", list.join(", "))),
                }
                Ok(found)
            }
            Err(trouble) => {
                let advice = "Check the spelling of the host, and whether this machine has a network and a name server \
                              (/etc/resolv.conf)";
                Err(self.fail("name", &trouble.why, advice, NETWORK))
            }
        }
    }

    fn addresses(&mut self, client: &Client, all: &[std::net::SocketAddr], proxied: bool) -> Result<(), Stop> {
        let tried: Vec<_> = all.iter().map(|address| (address, client.reach(*address))).collect();
        let reached = tried.iter().any(|(_, result)| result.is_ok());
        let (mut last, mut why) = (String::new(), String::new());
        for (address, result) in tried {
            match result {
                Ok(took) => {
                    self.note("address", Status::Ok, &format!("{address}: connected in {} ms", took.as_millis()))
                }
                Err(trouble) if reached => {
                    let text = format!("{address}: {}; the client uses another address", trouble.why);
                    self.note("address", Status::Warning, &text);
                }
                Err(trouble) => {
                    if !last.is_empty() {
                        self.note("address", Status::Warning, &format!("{last}: {why}"));
                    }
                    (last, why) = (address.to_string(), trouble.why);
                }
            }
        }
        if reached {
            return Ok(());
        }
        let advice = if proxied {
            "The proxy does not listen at this address, or a firewall blocks the connection. Check \"proxy\" in the \
             configuration"
        } else {
            "Nothing listens at this address, or a firewall blocks the connection. Check the port in \"endpoint\"; if this \
             network needs a proxy, set \"proxy\" in the configuration"
        };
        Err(self.fail("address", &format!("{last}: {why}"), advice, NETWORK))
    }

    fn clock(&mut self, server: Option<SystemTime>) -> Result<(), Stop> {
        let Some(server) = server else {
            self.note("clock", Status::Unused, "the server does not send its time");
            return Ok(());
        };
        let now = SystemTime::now();
        let (off, word) = match now.duration_since(server) {
            Ok(ahead) => (ahead, "ahead of"),
            Err(behind) => (behind.duration(), "behind"),
        };
        // A Date has whole seconds.
        let seconds = off.as_secs();
        let text = format!("this machine is {seconds} s {word} the server");
        if off > CLOCK {
            let advice = "Set this machine's clock, or turn on time synchronisation (NTP)";
            return Err(self.fail("clock", &text, advice, REFUSED));
        }
        let status = if seconds > 30 { Status::Warning } else { Status::Ok };
        self.note("clock", status, &text);
        Ok(())
    }

    fn account(&mut self, client: &Client) -> Result<(), Stop> {
        let answer = client.call("getBalance", "{}");
        let envelope = Envelope::parse(&answer);
        if let Some(envelope) = envelope.as_ref().filter(|envelope| envelope.ok()) {
            self.note("key", Status::Ok, "the service accepts the key");
            let balance = envelope.object().get("balance");
            let text = balance.map_or("the service did not send it", |raw| raw.get());
            if balance.and_then(as_number).is_some_and(|balance| balance <= 0.0) {
                let advice = "Top up the account in the service's dashboard before you repeat calls: repeated calls \
                              lead to a ban of the address";
                return Err(self.fail("balance", text, advice, REFUSED));
            }
            self.note("balance", Status::Ok, text);
            return Ok(());
        }
        let code = envelope.as_ref().and_then(Envelope::code).unwrap_or_default();
        let said = envelope.and_then(|envelope| envelope.object().string("errorDescription")).unwrap_or_default();
        if code == "CAPTASK_INVALID_REQUEST" {
            let advice = "Set the environment variable CAPTASK_CLIENT_KEY to the account's key, or \"clientKey\" in the file of \
                          --config";
            return Err(self.fail("key", "there is no key", advice, INPUT));
        }
        let known = catalog::describe(Some(&format!("error/{code}")));
        let advice = Object::parse(&known).ok().and_then(|object| object.string("advice"));
        let advice = advice.unwrap_or_else(|| "Read the text of the error above, and try again later".to_owned());
        Err(self.fail("key", &captask::log::one_line(format!("{code}: {said}")), advice, REFUSED))
    }

    fn callback(&mut self, client: &Client) -> Result<(), Stop> {
        let Some(url) = client.callback_url() else {
            self.note("callback", Status::Unused, "none is configured; the client polls for results");
            return Ok(());
        };
        let advice = "The service must reach publicUrl from the internet. Check its host and port, the router's forwarding, \
                      the firewall, and the web server in front. If the router forwards only connections from outside, this check \
                      from inside fails although callbacks arrive: then request the URL from another machine (404 is correct)";
        match client.call_back() {
            Ok(true) => self.note("callback", Status::Ok, &format!("{url} reaches the receiver on this machine")),
            Ok(false) => {
                return Err(self.fail(
                    "callback",
                    &format!("{url}: another program answers at this URL"),
                    advice,
                    NETWORK,
                ));
            }
            Err(trouble) => return Err(self.fail("callback", &format!("{url}: {}", trouble.why), advice, NETWORK)),
        }
        Ok(())
    }

    fn conclude(self, stop: Option<Stop>) -> ExitCode {
        let code = stop.as_ref().map_or(0, |stop| stop.code);
        if self.json {
            let advice = stop.map_or_else(|| "null".to_owned(), |stop| quote(&stop.advice));
            let steps = self.steps.join(",");
            say(format!("{{\"ok\":{},\"advice\":{advice},\"steps\":[{steps}]}}\n", code == 0).as_bytes());
            return ExitCode::from(code);
        }
        match stop {
            None => _ = say(b"The service can be used from here.\n"),
            Some(stop) => {
                let last = self.steps.last().map_or("", String::as_str);
                let rest =
                    STEPS.iter().skip_while(|step| **step != last).skip(1).copied().collect::<Vec<_>>().join(", ");
                let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
                let mut page = Page::new(width);
                page.item(0, "What to do: ", &format!("{}.", stop.advice));
                if !rest.is_empty() {
                    page.item(0, "Not checked: ", &format!("{rest}."));
                }
                say(format!("\n{}", page.finish()).as_bytes());
            }
        }
        ExitCode::from(code)
    }
}

/// Whether a host is this machine.
fn is_local(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
