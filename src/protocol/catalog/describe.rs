//! The answer of `captask_describe`.

use super::data::{LoginNeed, Need, Shape};
use super::errors::{self, Entry};
use super::packed::{self, Packed};
use super::{load, schema, topics};
use crate::protocol::failure::{Code, RetryScope};
use serde_json::{Map, Value, json};

/// Tells what is known about a topic.
pub(super) fn describe(topic: Option<&str>) -> String {
    let Some(topic) = topic else { return answer(topics::contents()) };
    match topic {
        "tasks" => answer(json!({"tasks": load::shipped().shapes.iter().map(line).collect::<Vec<_>>()})),
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
fn line(shape: &Shape) -> Value {
    let mut line = json!({
        "id": shape.id, "type": shape.kind, "about": shape.about, "status": shape.status.word(), "proxy": shape.proxy.word(),
    });
    if let Some(class) = &shape.class {
        line["class"] = class.clone().into();
    }
    if let Some(other) = &shape.variant_of {
        line["variantOf"] = other.clone().into();
    }
    if !shape.aliases.is_empty() {
        line["aliases"] = shape.aliases.clone().into();
    }
    line
}

fn task(shape: &Shape) -> String {
    let mut told = line(shape);
    told["topic"] = format!("task/{}", shape.id).into();
    told["timing"] = shape.timing.told.clone();
    told["userAgent"] = shape.user_agent.word().into();
    told["cookies"] = shape.cookies.word().into();
    told["reportMethod"] = super::report_method(&shape.kind).into();
    if shape.proxy != Need::None {
        told["proxyLogin"] = shape.proxy_login.word().into();
        told["proxyRules"] = proxy_rules(shape).into();
    }
    if !shape.pick.is_empty() {
        told["chosenWhen"] = shape.pick.in_words().into();
    }
    if let Some(page) = &shape.page {
        told["page"] = page.clone().into();
    }
    if let Some((least, most)) = shape.solve_seconds {
        told["solveSeconds"] = json!([least, most]);
    }
    if let Some(seconds) = shape.token_seconds {
        told["tokenSeconds"] = seconds.into();
    }
    told["members"] = members(shape);
    told["notes"] = shape.notes.clone().into();
    told["requestSchema"] = schema::request(shape);
    told["solutionSchema"] = schema::solution(shape);
    // The examples go in as text, so that their members stand in the order of the documentation.
    let text = told.to_string();
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

/// The members in the order of the documentation, for people and reference pages.
fn members(shape: &Shape) -> Value {
    let one = |m: &super::data::Member| {
        let mut told = json!({"name": m.name, "type": m.types.notation(), "required": m.required});
        let mut put = |name: &str, value: Value| told[name] = value;
        if !m.also.is_empty() {
            put("also", m.also.clone().into());
        }
        if !m.required && !m.required_when.is_empty() {
            let any_other = String::from("another proxy member is present");
            put("requiredWhen", if m.of_proxy { any_other } else { m.required_when.in_words() }.into());
        }
        if !m.only.is_empty() {
            put("enum", m.only.clone().into());
        }
        if !m.known.is_empty() {
            put("known", m.known.clone().into());
        }
        for (name, number) in [("min", m.min), ("max", m.max)] {
            if let Some(number) = number {
                put(name, schema::number(number));
            }
        }
        for (name, count) in [("minItems", m.min_items), ("maxItems", m.max_items)] {
            if let Some(count) = count {
                put(name, count.into());
            }
        }
        if let Some(default) = &m.default {
            put("default", default.clone());
        }
        if let Some(format) = m.format {
            put("format", format.word().into());
        }
        if !m.note.is_empty() {
            put("note", m.note.clone().into());
        }
        if !m.source.is_empty() {
            put("source", m.source.clone().into());
        }
        told
    };
    shape.members.iter().map(one).collect()
}

fn all_errors() -> Value {
    let service: Vec<Value> = errors::shipped().all.iter().filter(|e| !e.local).map(service_error).collect();
    let clients: Vec<Value> = errors::shipped().all.iter().filter(|e| e.local).map(service_error).collect();
    let library: Vec<Value> = Code::ALL.iter().map(|code| library_error(*code)).collect();
    json!({"service": service, "library": library, "otherClients": clients})
}

fn error(name: &str) -> Option<Value> {
    let entry = errors::shipped().find(name).map(service_error);
    entry.or_else(|| Code::ALL.iter().find(|code| code.as_str() == name).map(|code| library_error(*code)))
}

fn retry(told: &mut Value, scope: Option<RetryScope>) {
    told["retryable"] = scope.is_some().into();
    told["retryScope"] = scope.map(RetryScope::as_str).into();
}

fn service_error(entry: &Entry) -> Value {
    let mut told = entry.told.clone();
    told["from"] = if entry.local { "other clients" } else { "service" }.into();
    retry(&mut told, entry.retry);
    told
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
    let mut told = Value::Object(Map::new());
    told["code"] = code.as_str().into();
    told["from"] = "library".into();
    told["class"] = "captask".into();
    told["meaning"] = code.meaning().into();
    told["advice"] = advice(code).into();
    retry(&mut told, code.retry());
    told
}
