//! The answer of `captask_describe`.

use super::build::{Build, single};
use super::data::{Format, LoginNeed, Member, Need, Shape};
use super::errors::{self, Entry};
use super::packed::{self, Packed};
use super::{load, schema, topics};
use crate::protocol::failure::{Code, RetryScope};
use serde_json::Value;

/// Tells what is known about a topic.
pub(super) fn describe(topic: Option<&str>) -> String {
    let Some(topic) = topic else { return answer(topics::contents()) };
    match topic {
        "tasks" => answer(single("tasks", load::shipped().shapes.iter().map(|shape| line(shape).done()).collect())),
        "errors" => answer(all_errors()),
        "methods" => with_envelope(&packed::METHODS.text()),
        "config" => schema_answer(&packed::CONFIG),
        "request" => schema_answer(&packed::REQUEST),
        "sandbox" => schema_answer(&packed::SANDBOX),
        _ => one(topic).unwrap_or_else(|| topics::unknown(topic)),
    }
}

fn one(topic: &str) -> Option<String> {
    let (room, name) = topic.split_once('/')?;
    match room {
        "task" => load::shipped().by_id(name).map(task),
        "error" => error(name).map(answer),
        _ => None,
    }
}

fn answer(value: Value) -> String {
    with_envelope(&value.to_string())
}

/// An object's text with errorId in front.
fn with_envelope(object: &str) -> String {
    let inner = object.trim().strip_prefix('{').unwrap_or("}").trim_start();
    let comma = if inner.starts_with('}') { "" } else { "," };
    format!("{{\"errorId\":0{comma}{inner}")
}

fn schema_answer(schema: &Packed) -> String {
    format!("{{\"errorId\":0,\"schema\":{}}}", schema.text().trim())
}

/// A task type in the list of all.
fn line(shape: &Shape) -> Build {
    let mut line = Build::default();
    line.text("id", &shape.id);
    line.text("type", &shape.kind);
    line.text("about", &shape.about);
    line.text("status", shape.status.word());
    line.text("proxy", shape.proxy.word());
    line.some_text("class", shape.class.as_deref().unwrap_or_default());
    line.some_text("variantOf", shape.variant_of.as_deref().unwrap_or_default());
    line.some_texts("aliases", &shape.aliases);
    line
}

fn task(shape: &Shape) -> String {
    let mut told = line(shape);
    told.text("topic", &format!("task/{}", shape.id));
    told.put("timing", shape.timing.told.clone());
    told.text("userAgent", shape.user_agent.word());
    told.text("cookies", shape.cookies.word());
    told.text("reportMethod", super::report_method(&shape.kind));
    if shape.proxy != Need::None {
        told.text("proxyLogin", shape.proxy_login.word());
        told.texts("proxyRules", &proxy_rules(shape));
    }
    told.some_text("chosenWhen", &shape.pick.in_words());
    told.some_text("page", shape.page.as_deref().unwrap_or_default());
    if let Some((least, most)) = shape.solve_seconds {
        told.put("solveSeconds", Value::Array(vec![least.into(), most.into()]));
    }
    if let Some(seconds) = shape.token_seconds {
        told.put("tokenSeconds", seconds.into());
    }
    told.put("members", shape.members.iter().map(member).collect());
    told.texts("notes", &shape.notes);
    told.put("requestSchema", schema::request(shape));
    told.put("solutionSchema", schema::solution(shape));
    // The examples go in as text, so that their members stand in the order of the documentation.
    let text = told.done().to_string();
    let open = text.strip_suffix('}').unwrap_or(&text);
    let request = load::shipped().write_out(shape.example_request.get());
    with_envelope(&format!(
        "{open},\"exampleRequest\":{request},\"exampleSolution\":{}}}",
        shape.example_solution.get()
    ))
}

fn proxy_rules(shape: &Shape) -> Vec<String> {
    let mut rules = vec![String::from("proxyType, proxyAddress and proxyPort go together: all or none")];
    if shape.proxy == Need::Required {
        rules.push(String::from("this task needs a proxy"));
    }
    if shape.proxy == Need::Optional {
        rules.push(String::from("proxyType http and proxyPort 0 with nothing else count as no proxy"));
    }
    rules.push(String::from(match shape.proxy_login {
        LoginNeed::Required => "proxyLogin and proxyPassword are needed wherever there is a proxy",
        LoginNeed::Expected => {
            "proxyLogin and proxyPassword are asked for; a proxy that admits 65.21.190.34 goes without"
        }
        LoginNeed::Optional => "proxyLogin and proxyPassword may be left out where the proxy admits 65.21.190.34",
    }));
    for member in shape.members.iter().filter(|m| m.of_proxy && !m.without.is_empty()) {
        let signs: Vec<String> = member.without.chars().map(String::from).collect();
        rules.push(format!("{} must not hold {}", member.name, signs.join(" or ")));
    }
    if !shape.proxy_host_names {
        rules.push(String::from("proxyAddress is an IP address, not a host name"));
    }
    rules
}

/// A member, for people and reference pages.
fn member(m: &Member) -> Value {
    let mut told = Build::default();
    told.text("name", &m.name);
    told.text("type", &m.types.notation());
    told.put("required", m.required.into());
    told.some_texts("also", &m.also);
    if !m.required && !m.required_when.is_empty() {
        let when = m.required_when.in_words();
        told.text("requiredWhen", if m.of_proxy { "another proxy member is present" } else { &when });
    }
    if !m.only.is_empty() {
        told.put("enum", m.only.clone().into());
    }
    told.some_texts("known", &m.known);
    for (name, number) in [("min", m.min), ("max", m.max), ("clampedTo", m.clamped_to)] {
        if let Some(number) = number {
            told.put(name, schema::number(number));
        }
    }
    for (name, count) in [("minItems", m.min_items), ("maxItems", m.max_items)] {
        if let Some(count) = count {
            told.put(name, count.into());
        }
    }
    if let Some(default) = &m.default {
        told.put("default", default.clone());
    }
    told.some_text("format", m.format.map(Format::word).unwrap_or_default());
    told.some_text("note", &m.note);
    told.some_text("source", &m.source);
    told.done()
}

fn all_errors() -> Value {
    let service: Vec<Value> = errors::shipped().all.iter().filter(|e| !e.local).map(service_error).collect();
    let clients: Vec<Value> = errors::shipped().all.iter().filter(|e| e.local).map(service_error).collect();
    let library: Vec<Value> = Code::ALL.iter().map(|code| library_error(*code)).collect();
    let mut all = Build::default();
    all.put("service", service.into());
    all.put("library", library.into());
    all.put("otherClients", clients.into());
    all.done()
}

fn error(name: &str) -> Option<Value> {
    let entry = errors::shipped().find(name).map(service_error);
    entry.or_else(|| Code::ALL.iter().find(|code| code.as_str() == name).map(|code| library_error(*code)))
}

fn retry(told: &mut Build, scope: Option<RetryScope>) {
    told.put("retryable", scope.is_some().into());
    told.put("retryScope", scope.map(RetryScope::as_str).into());
}

fn service_error(entry: &Entry) -> Value {
    let mut told = Build::default();
    told.extend(entry.told.clone());
    told.text("from", if entry.local { "other clients" } else { "service" });
    retry(&mut told, entry.retry);
    told.done()
}

/// What to do about one of the library's own codes.
fn advice(code: Code) -> &'static str {
    match code {
        Code::InvalidArgument => "Correct the argument that errorDescription names.",
        Code::InvalidJson => "Correct the text at line and column.",
        Code::InvalidConfig => "Correct the key; captask_describe(\"config\") has the schema.",
        Code::InvalidRequest => "Correct what problems lists; captask_describe(\"request\") has the schema.",
        Code::InvalidTask => "Correct what problems lists; captask_describe(\"task/<id>\") has the schema.",
        Code::UnknownHandle => {
            "Use the number that captask_open or captask_sandbox_open returned, before it is closed."
        }
        Code::UnknownTicket => "Read each answer once, and let one thread wait for a ticket.",
        Code::UnknownTopic => "Use a topic of captask_describe(NULL).",
        Code::Forked => "Open a client of its own in the child process.",
        Code::Closed => "Nothing; open another client to go on. A taskId in the answer can be adopted there.",
        Code::Cancelled => "Nothing; a taskId in the answer can still be adopted.",
        Code::QueueFull => "Read finished answers, then submit again; or raise maxInFlight.",
        Code::NotBuilt => "Use a build with all parts.",
        Code::Timeout => "Adopt the taskId in the answer to go on waiting, or raise timeoutMs or maxPolls.",
        Code::Connect => "Check endpoint, proxy and network, then repeat; nothing was bought.",
        Code::Tls => "Check tls.roots and the clock; nothing was bought.",
        Code::OutcomeUnknown => "Do not repeat blindly: look at the balance first, a task may have been paid for.",
        Code::Network => "Repeat later; adopt the taskId in the answer if there is one.",
        Code::BadResponse => "Check endpoint; repeat later, and adopt the taskId in the answer if there is one.",
        Code::Guard => "Wait retryAfterMs, and correct the key or the balance if that was refused.",
        Code::Panic => "Report it with errorDescription.",
    }
}

fn library_error(code: Code) -> Value {
    let mut told = Build::default();
    told.text("code", code.as_str());
    told.text("from", "library");
    told.text("class", "captask");
    told.text("meaning", code.meaning());
    told.text("advice", advice(code));
    retry(&mut told, code.retry());
    told.done()
}
