//! Keys, proxy passwords and cookies appear nowhere: not in log lines, error texts, inspect, Debug output or journal. A program of
//! its own, because it reads all that the process logs.
#![cfg(all(feature = "sandbox", feature = "callback"))]

mod support;

use serde_json::{Value, json};
use std::ffi::{c_char, c_void};
use std::sync::Mutex;
use support::host::{log_off, log_to};
use support::{Client, Peer, Sandbox, Scratch};

const CLIENT_KEY: &str = "planted\"client\\key/é+<&>";
const OWN_KEY: &str = "planted-own-key-of-the-request";
const SANDBOX_KEY: &str = "planted-sandbox-account-key";
const PROXY_PASSWORD: &str = "planted-proxy-password";
const TASK_PASSWORD: &str = "planted-task-proxy-password";
const NUMBER_PASSWORD: &str = "918273645546372819";
const COOKIES: &str = "sid=planted-cookie-value; lang=planted-second-cookie";
const NESTED_COOKIE: &str = "planted-nested-cookie";

/// What must be nowhere: parts that survive every way of escaping.
const PLANTED: &[&str] = &["planted", NUMBER_PASSWORD, "hidden-in-url"];

static LINES: Mutex<String> = Mutex::new(String::new());

extern "C" fn keep(_: i32, line: *const c_char, _: *mut c_void) {
    let line = support::host::line(line);
    let mut lines = LINES.lock().unwrap();
    lines.push_str(&line);
    lines.push('\n');
}

fn real_task() -> Value {
    json!({
        "type": "RecaptchaV2Task", "websiteURL": "https://example.com", "websiteKey": "site", "cookies": COOKIES,
        "proxyType": "http", "proxyAddress": "203.0.113.9", "proxyPort": 8080, "proxyLogin": "anna",
        "proxyPassword": TASK_PASSWORD, "metadata": {"cookies": {"sid": NESTED_COOKIE}},
    })
}

/// Tasks whose secrets are of a wrong type or in a wrong place.
fn faulty_tasks() -> Vec<Value> {
    let with = |name: &str, value: Value| {
        let mut task = real_task();
        task[name] = value;
        task
    };
    vec![
        with("proxyPassword", json!(NUMBER_PASSWORD.parse::<u64>().unwrap())),
        with("proxyPassword", json!([TASK_PASSWORD])),
        with("proxyPassword", json!("planted%percent")),
        with("cookies", json!([COOKIES])),
        with("cookies", json!({"sid": [NESTED_COOKIE]})),
        with("proxyPasword", json!(TASK_PASSWORD)),
        with("type", json!("NoSuchTask")),
    ]
}

/// A service that answers every request with a page that repeats it, in one spelling after the other.
fn parrot(status: &'static str) -> Peer {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    Peer::start(move |mut stream, heard| {
        use std::io::Write;
        while let Some(request) = support::net::request(&mut stream, heard) {
            let body = request.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned();
            let key = serde_json::from_str::<Value>(&body).ok().map_or(Value::Null, |body| body["clientKey"].clone());
            let key = key.as_str().unwrap_or_default().to_owned();
            let url: String = key.bytes().map(|b| format!("%{b:02X}")).collect();
            let html: String = key.chars().map(|c| format!("&#{};", c as u32)).collect();
            let units: String = key.encode_utf16().map(|u| format!("\\u{u:04x}")).collect();
            let page = match turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst) % 6 {
                0 => format!("<html>bad key {key}</html>"),
                1 => format!("<html>{body}</html>"),
                2 => format!("<html>/?key={url}</html>"),
                3 => format!("<html>{html}</html>"),
                4 => format!("{{\"key\":\"{units}\"}}"),
                _ => body.replace('<', "\\u003c"),
            };
            let length = page.len();
            let text = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{page}");
            if stream.write_all(text.as_bytes()).is_err() {
                return;
            }
        }
    })
}

/// Calls every function of a client; every answer.
fn everything(client: &Client, faulty: bool) -> Vec<String> {
    let mut out = Vec::new();
    let short = json!({"timeoutMs": 200, "firstPollMs": 1, "pollIntervalMs": 50});
    for key in [Value::Null, json!(OWN_KEY)] {
        let with_key = |mut request: Value| {
            if !key.is_null() {
                request["clientKey"] = key.clone();
            }
            request
        };
        let mut tasks = if faulty { faulty_tasks() } else { Vec::new() };
        tasks.push(real_task());
        for task in tasks {
            let request = with_key(json!({"task": task}));
            out.push(support::host::check(&request.to_string()).to_string());
            out.push(client.create_task(&request).to_string());
            let request = with_key(json!({"task": request["task"], "options": short}));
            out.push(client.solve(&request).to_string());
            match client.try_submit(&request) {
                Ok(ticket) if ticket % 2 == 0 => out.extend(client.wait(ticket, 5000).map(|a| a.to_string())),
                Ok(ticket) => {
                    client.cancel(ticket);
                    out.extend(client.receive(5000).map(|a| a.to_string()));
                }
                Err(error) => out.push(error.to_string()),
            }
        }
        out.push(client.task_result(&with_key(json!({"taskId": 77}))).to_string());
        out.push(client.report(&with_key(json!({"taskId": 77, "type": "RecaptchaV2Task"}))).to_string());
        out.push(client.call("getBalance", &with_key(json!({}))).to_string());
        out.push(client.call("somethingNew", &with_key(json!({"password": TASK_PASSWORD}))).to_string());
        out.push(client.solve(&with_key(json!({"taskId": 77, "options": short}))).to_string());
    }
    out.push(client.balance().to_string());
    out.push(client.user_agent().to_string());
    out.push(client.solve(&json!({"task": real_task(), "clientKey": 918_273_645_546_372_819_u64})).to_string());
    let cut = format!("{{\"task\":{{\"cookies\":\"{COOKIES}\",}}");
    out.push(client.solve_text(&cut));
    out.push(client.inspect().to_string());
    out
}

fn search(what: &str, found: &str) {
    for secret in PLANTED {
        if let Some(at) = found.find(secret) {
            let from = found[..at].rfind('\n').map_or(0, |n| n + 1);
            let to = found[at..].find('\n').map_or(found.len(), |n| at + n);
            panic!("{what}: {}", &found[from..to]);
        }
    }
}

#[test]
fn secrets_are_nowhere() {
    log_to(keep, std::ptr::null_mut());
    let journal = Scratch::file("secrets");
    let service = Peer::service();
    let refusing = support::proxy::connect(Some("407 Proxy Authentication Required"));
    let passing = support::proxy::connect(None);
    let socks = support::proxy::socks5(Some(("anna", "another")));
    let parrots = [parrot("200 OK"), parrot("500 Oops"), parrot("429 Slow Down"), parrot("403 Forbidden")];
    let sandbox = Sandbox::open(&json!({"accounts": [{"key": SANDBOX_KEY}], "solveMs": 1}));
    let login = |scheme: &str, peer: &Peer| format!("{scheme}://anna:{PROXY_PASSWORD}@{}", peer.address);
    let base = json!({
        "endpoint": service.url(), "userAgentEndpoint": service.url(), "clientKey": CLIENT_KEY, "callTimeoutMs": 60,
        "journal": journal,
    });
    let with = |name: &str, value: Value| {
        let mut config = base.clone();
        config[name] = value;
        config
    };
    let mut strict = with("endpoint", json!(sandbox.url()));
    strict["clientKey"] = json!(SANDBOX_KEY);
    strict["validate"] = json!("strict");
    let mut configs = vec![
        base.clone(),
        strict,
        with("endpoint", json!(sandbox.url())),
        with("endpoint", json!("http://127.0.0.1:9")),
        with("proxy", json!(login("http", &refusing))),
        with("proxy", json!(login("http", &passing))),
        with("proxy", json!(login("socks5", &socks))),
        with("proxy", json!(format!("https://anna:{PROXY_PASSWORD}@127.0.0.1:9"))),
        with("proxy", json!(format!("http://anna:{PROXY_PASSWORD}@no-such-host.invalid:9"))),
    ];
    configs.extend(parrots.iter().map(|peer| {
        let mut config = with("endpoint", json!(peer.url()));
        config["userAgentEndpoint"] = json!(peer.url());
        config
    }));
    for (n, config) in configs.iter().enumerate() {
        let client = Client::open(config);
        let answers = everything(&client, n < 2);
        for answer in &answers {
            search(&config["endpoint"].to_string(), answer);
        }
        search("the journal", &String::from_utf8_lossy(&std::fs::read(&journal).unwrap_or_default()));
        client.close();
        search("the log", &LINES.lock().unwrap());
    }
    search("inspect of a sandbox", &sandbox.inspect().to_string());
    // Configurations that are refused, with secrets in them.
    for config in [
        with("proxy", json!(format!("ftp://anna:{PROXY_PASSWORD}@127.0.0.1:9"))),
        with("proxy", json!(format!("http://anna:{PROXY_PASSWORD}@:::9"))),
        with("proxy", json!([PROXY_PASSWORD])),
        with("clientKey", json!(NUMBER_PASSWORD.parse::<u64>().unwrap())),
        with("clientKey", json!([CLIENT_KEY])),
        with("endpoint", json!("http://anna:hidden-in-url@127.0.0.1:9")),
        with("endpoint", json!("http://127.0.0.1:9/?key=hidden-in-url")),
        with("userAgentEndpoint", json!("http://anna:hidden-in-url@127.0.0.1:9")),
        with("fallbackEndpoints", json!(["http://anna:hidden-in-url@127.0.0.1:9"])),
        with("callback", json!({"listen": "127.0.0.1:0", "publicUrl": "http://a:hidden-in-url@b"})),
    ] {
        let error = Client::try_open(&config).expect_err("refused");
        search("a refused configuration", &error.to_string());
    }
    let keyed = captask::sandbox::Sandbox::open(Some(&json!({"accounts": [{"key": SANDBOX_KEY}]}).to_string()));
    search("Debug of a sandbox", &format!("{:?}", keyed.expect("opens")));
    log_off();
    let lines = LINES.lock().unwrap();
    search("the log", &lines);
    // The search is worth something only if there was something to search.
    assert!(lines.lines().count() > 300 && lines.contains("HTTP 403") && lines.contains("/task/"), "{lines}");
    for peer in &parrots {
        assert!(peer.heard.text().contains(OWN_KEY) && peer.heard.text().contains(TASK_PASSWORD));
    }
}

/// A host that panics inside a call: what the library tells of it holds nothing of the request.
#[cfg(feature = "panic-probe")]
#[test]
fn panics_tell_no_secret() {
    log_to(keep, std::ptr::null_mut());
    let client = Client::open(json!({"endpoint": "http://127.0.0.1:9", "clientKey": CLIENT_KEY}));
    let answer = client.call("captask_panic", &json!({"clientKey": OWN_KEY}));
    assert_eq!(answer["errorCode"], "CAPTASK_PANIC");
    search("the panic", &answer.to_string());
    assert!(LINES.lock().unwrap().contains("panic"));
    search("the log", &LINES.lock().unwrap());
}
