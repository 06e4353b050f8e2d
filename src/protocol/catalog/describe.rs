//! The answer of `captask_describe`.

use super::errors::{self, Entry};
use super::model::{Format, LoginNeed, Member, Need, Shape};
use super::packed::{self, Packed};
use super::writer::{Writer, array};
use super::{process, schema, topics};
use crate::protocol::failure::{Code, RetryScope};
use crate::protocol::json::quote;

/// Tells what is known about a topic.
pub fn describe(topic: Option<&str>) -> String {
    let of_tasks = topic.is_none_or(|topic| topic == "tasks" || topic.starts_with("task/"));
    if of_tasks && let Err(failure) = process::process() {
        return failure.to_json();
    }
    let Some(topic) = topic else { return with_envelope(&topics::contents()) };
    match topic {
        "tasks" => {
            let mut tasks = Writer::default();
            tasks.list("tasks").extend(process::current().shapes.iter().map(|shape| line(shape).done()));
            with_envelope(&tasks.done())
        }
        "errors" => with_envelope(&all_errors()),
        "methods" => with_envelope(&packed::METHODS.text()),
        "config" => schema_answer(&packed::CONFIG),
        "request" => schema_answer(&packed::REQUEST),
        "sandbox" => schema_answer(&packed::SANDBOX),
        "catalogue" => catalogue(),
        _ => one(topic).unwrap_or_else(|| topics::unknown(topic)),
    }
}

#[cfg(feature = "catalogue-file")]
fn catalogue() -> String {
    schema_answer(&packed::CATALOGUE)
}

#[cfg(not(feature = "catalogue-file"))]
fn catalogue() -> String {
    crate::protocol::Failure::new(Code::NotBuilt, "this build does not include catalogue files").to_json()
}

fn one(topic: &str) -> Option<String> {
    let (room, name) = topic.split_once('/')?;
    match room {
        "task" => process::current().by_id(name).map(task),
        "error" => error(name).map(|out| with_envelope(&out)),
        _ => None,
    }
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
fn line(shape: &Shape) -> Writer {
    let mut line = Writer::default();
    line.text("id", &shape.id);
    line.text("type", &shape.kind);
    line.text("about", &shape.about);
    line.text("status", shape.status.word());
    line.text("proxy", shape.proxy.word());
    line.some_text("class", shape.class.as_deref().unwrap_or_default());
    line.some_text("variantOf", shape.variant_of.as_deref().unwrap_or_default());
    line.some_texts("aliases", &shape.aliases);
    line.some_texts("classAliases", &shape.class_aliases);
    line
}

fn task(shape: &Shape) -> String {
    let mut out = line(shape);
    out.text("topic", &format!("task/{}", shape.id));
    let sources = &process::current().sources;
    sources.list(&shape.sources, &mut out);
    let timing = out.object("timing");
    timing.extend(shape.timing.described.clone());
    sources.write_source(&shape.timing.source, timing);
    out.text("userAgent", shape.user_agent.word());
    out.text("cookies", shape.cookies.word());
    out.text("reportMethod", super::report_method(&shape.kind));
    if shape.proxy != Need::None {
        out.text("proxyLogin", shape.proxy_login.word());
        out.texts("proxyRules", &proxy_rules(shape));
    }
    out.some_text("chosenWhen", &shape.pick.in_words());
    out.some_text("page", shape.page.as_deref().unwrap_or_default());
    if let Some((least, most)) = shape.solve_seconds {
        let second = |seconds: Option<f64>| serde_json::to_string(&seconds).unwrap_or_default();
        out.put("solveSeconds", array(&[second(least), second(most)]));
    }
    if let Some(seconds) = shape.token_seconds {
        out.put("tokenSeconds", seconds.to_string());
    }
    out.list("members").extend(shape.members.iter().map(member));
    out.texts("notes", &shape.notes);
    out.object("requestSchema").extend(schema::request(shape));
    out.object("solutionSchema").extend(schema::solution(shape));
    // The examples go in as text, so that their members stand in the order of the documentation.
    let text = out.done();
    let open = text.strip_suffix('}').unwrap_or(&text);
    let request = process::current().write_out(&shape.example_request);
    with_envelope(&format!("{open},\"exampleRequest\":{request},\"exampleSolution\":{}}}", shape.example_solution))
}

fn proxy_rules(shape: &Shape) -> Vec<String> {
    let mut rules = vec![String::from("give proxyType, proxyAddress and proxyPort together, or none of them")];
    if shape.proxy == Need::Required {
        rules.push(String::from("this task needs a proxy"));
    }
    if shape.proxy == Need::Optional {
        rules.push(String::from("proxyType http and proxyPort 0 without other proxy members mean no proxy"));
    }
    rules.push(String::from(match shape.proxy_login {
        LoginNeed::Required => "a proxy needs proxyLogin and proxyPassword",
        LoginNeed::Expected => "give proxyLogin and proxyPassword, unless the proxy admits the address 65.21.190.34",
        LoginNeed::Optional => {
            "proxyLogin and proxyPassword may be omitted if the proxy admits the address 65.21.190.34"
        }
    }));
    for member in shape.members.iter().filter(|m| m.of_proxy && !m.without.is_empty()) {
        let signs: Vec<String> = member.without.chars().map(String::from).collect();
        rules.push(format!("{} must not contain {}", member.name, signs.join(" or ")));
    }
    if !shape.proxy_host_names {
        rules.push(String::from("proxyAddress is an IP address, not a host name"));
    }
    rules
}

/// A member, for people and reference pages.
fn member(m: &Member) -> String {
    let mut out = Writer::default();
    out.text("name", &m.name);
    out.text("type", &m.types.notation());
    out.put("required", m.required.to_string());
    out.some_texts("also", &m.also);
    if !m.required && !m.required_when.is_empty() {
        let when = m.required_when.in_words();
        let name = if m.soft { "recommendedWhen" } else { "requiredWhen" };
        out.text(name, if m.of_proxy { "another proxy member is present" } else { &when });
    }
    if !m.only.is_empty() {
        out.put(if m.soft { "known" } else { "enum" }, array(&m.only));
    }
    out.some_texts("known", &m.known);
    for (name, number) in [("min", m.min), ("max", m.max), ("clampedTo", m.clamped_to)] {
        if let Some(number) = number {
            out.put(name, schema::number(number));
        }
    }
    for (name, count) in [("minItems", m.min_items), ("maxItems", m.max_items)] {
        if let Some(count) = count {
            out.put(name, count.to_string());
        }
    }
    if let Some(default) = &m.default {
        out.put("default", default.clone());
    }
    out.some_text("format", m.format.map(Format::word).unwrap_or_default());
    out.some_text("note", &m.note);
    if !m.source.is_empty() {
        process::current().sources.write_source(&m.source, &mut out);
    }
    out.done()
}

fn all_errors() -> String {
    let mut all = Writer::default();
    for entry in &errors::shipped().all {
        all.list(if entry.local { "otherClients" } else { "service" }).push(service_error(entry));
    }
    all.list("library").extend(Code::ALL.iter().map(|code| library_error(*code)));
    all.done()
}

fn error(name: &str) -> Option<String> {
    let entry = errors::shipped().find(name).map(service_error);
    entry.or_else(|| Code::ALL.iter().find(|code| code.as_str() == name).map(|code| library_error(*code)))
}

fn retry(out: &mut Writer, scope: Option<RetryScope>) {
    out.put("retryable", scope.is_some().to_string());
    out.put("retryScope", scope.map_or_else(|| String::from("null"), |scope| quote(scope.as_str())));
}

fn service_error(entry: &Entry) -> String {
    let mut out = entry.described.clone();
    out.text("from", if entry.local { "other clients" } else { "service" });
    process::current().sources.write_source(&entry.source, &mut out);
    retry(&mut out, entry.retry);
    out.done()
}

/// What to do about one of the library's own codes.
fn advice(code: Code) -> &'static str {
    match code {
        Code::InvalidArgument => "Correct the argument that errorDescription names.",
        Code::InvalidJson => "Correct the text at that line and column.",
        Code::InvalidConfig => {
            "Correct the member that errorDescription names; captask_describe(\"config\") has the schema."
        }
        Code::InvalidRequest => "Correct each problem in problems; captask_describe(\"request\") has the schema.",
        Code::InvalidTask => "Correct each problem in problems; captask_describe(\"task/<id>\") has the schema.",
        Code::UnknownHandle => {
            "Use the number that captask_open or captask_sandbox_open returned, and do not use it after it is closed."
        }
        Code::UnknownTicket => "Read each answer once, and wait for a ticket in one thread only.",
        Code::UnknownTopic => "Use a topic that captask_describe(NULL) lists.",
        Code::Forked => "Open another client in the child process.",
        Code::Closed => "Open another client to continue. It can adopt the taskId in the answer, if there is one.",
        Code::Cancelled => "If the answer has a taskId, the task is paid for and can still be adopted.",
        Code::QueueFull => "Read finished answers and submit again, or raise maxInFlight.",
        Code::NotBuilt => "Use a build that includes the part.",
        Code::Timeout => "Adopt the taskId in the answer to wait longer; raise timeoutMs or maxPolls for later tasks.",
        Code::Connect => "Check endpoint, proxy and the network, then repeat the call. Nothing was bought.",
        Code::Tls => "Check endpoint, tls.roots and this machine's clock. Nothing was bought.",
        Code::OutcomeUnknown => "Check the balance before you repeat the call: a task may have been paid for.",
        Code::Network => "Repeat the call later. If the answer has a taskId, adopt it.",
        Code::BadResponse => "Check endpoint, and repeat the call later. If the answer has a taskId, adopt it.",
        Code::Guard => "Wait retryAfterMs. If the service refused the key or the balance, correct that first.",
        Code::NotSent => "Submit the request again. Nothing was bought.",
        Code::Panic => "Report it, with errorDescription.",
    }
}

fn library_error(code: Code) -> String {
    let mut out = Writer::default();
    out.text("code", code.as_str());
    out.text("from", "library");
    out.text("class", "captask");
    out.text("meaning", code.meaning());
    out.text("advice", advice(code));
    retry(&mut out, code.retry());
    out.done()
}
