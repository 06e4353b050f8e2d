//! The stand-in service, asked over real sockets without captask's own client.
#![cfg(feature = "sandbox")]

use captask::sandbox::Sandbox;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const KEY: &str = "0123456789abcdef0123456789abcdef";

fn open(config: Value) -> Sandbox {
    Sandbox::open(Some(&config.to_string())).expect("the sandbox opens")
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into()
}

fn raw(url: &str, body: &[u8]) -> (u16, String) {
    let mut answer = agent().post(url).content_type("application/json").send(body).expect("an HTTP answer");
    (answer.status().as_u16(), answer.body_mut().read_to_string().expect("a text"))
}

fn call(sandbox: &Sandbox, method: &str, body: Value) -> Value {
    let (status, text) = raw(&format!("{}/{method}", sandbox.url()), body.to_string().as_bytes());
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).expect("JSON")
}

fn task() -> Value {
    json!({"type": "RecaptchaV2Task", "websiteURL": "https://example.com/login", "websiteKey": "site-key"})
}

fn create(sandbox: &Sandbox, key: &str, task: Value) -> Value {
    call(sandbox, "createTask", json!({"clientKey": key, "task": task}))
}

fn result(sandbox: &Sandbox, key: &str, id: &Value) -> Value {
    call(sandbox, "getTaskResult", json!({"clientKey": key, "taskId": id}))
}

/// Polls until the answer is another than "processing".
fn finish(sandbox: &Sandbox, key: &str, id: &Value) -> Value {
    let start = Instant::now();
    loop {
        let answer = result(sandbox, key, id);
        if answer["status"] != "processing" {
            return answer;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "never ready");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn inspect(sandbox: &Sandbox) -> Value {
    serde_json::from_str(&sandbox.inspect()).expect("JSON")
}

#[test]
fn a_task_is_processing_and_then_ready() {
    let sandbox = open(json!({"solveMs": 50, "solveMsByType": {"TurnstileTask": 600_000}, "maxPolls": 100_000}));
    let slow = json!({"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "site-key"});
    let slow = create(&sandbox, KEY, slow)["taskId"].clone();
    assert_eq!(result(&sandbox, KEY, &slow)["status"], "processing");
    let created = create(&sandbox, KEY, task());
    assert_eq!(created["errorId"], 0);
    assert_eq!(created["errorCode"], Value::Null);
    assert!(created["taskId"].is_u64());
    assert_ne!(created["taskId"], slow);
    let last = finish(&sandbox, KEY, &created["taskId"]);
    assert_eq!(last["errorId"], 0);
    assert_eq!(last["status"], "ready");
    assert!(last["solution"].to_string().contains("sandbox-"), "{last}");
    let state = inspect(&sandbox);
    assert_eq!(state["kind"], "sandbox");
    assert_eq!(state["url"], sandbox.url());
    assert_eq!(state["requests"]["createTask"], 2);
    assert_eq!(state["tasks"]["created"], 2);
    assert_eq!(state["tasks"]["ready"], 1);
    assert!(!sandbox.inspect().contains(KEY));
}

#[test]
fn the_balance_goes_down_exactly_and_ends_in_zero_balance() {
    let sandbox = open(json!({"accounts": [{"key": KEY, "balance": 0.3}], "price": 0.1}));
    for left in ["0.2", "0.1", "0"] {
        assert_eq!(create(&sandbox, KEY, task())["errorId"], 0);
        let body = json!({"clientKey": KEY}).to_string();
        let (_, text) = raw(&format!("{}/getBalance", sandbox.url()), body.as_bytes());
        assert!(text.contains(&format!("\"balance\":{left}}}")), "{text}");
    }
    let refused = create(&sandbox, KEY, task());
    assert_eq!(refused["errorId"], 1);
    assert_eq!(refused["errorCode"], "ERROR_ZERO_BALANCE");
    assert_eq!(refused["taskId"], 0);
    assert_eq!(inspect(&sandbox)["tasks"]["created"], 3);
}

#[test]
fn keys_are_checked_and_suffixes_accepted() {
    let sandbox = open(json!({"accounts": [
        {"key": KEY}, {"key": "other"}, {"key": "gone", "status": "banned"}, {"key": "away", "status": "addressNotAllowed"}
    ]}));
    let code = |key: Value| call(&sandbox, "getBalance", json!({"clientKey": key}))["errorCode"].clone();
    assert_eq!(code(json!("nobody")), "ERROR_KEY_DOES_NOT_EXIST");
    assert_eq!(code(json!("")), "ERROR_KEY_DOES_NOT_EXIST");
    assert_eq!(code(json!(7)), "ERROR_KEY_DOES_NOT_EXIST");
    assert_eq!(code(json!("gone")), "ERROR_IP_BANNED");
    assert_eq!(code(json!("away")), "ERROR_IP_NOT_ALLOWED");
    assert_eq!(code(json!(KEY)), Value::Null);
    let suffixed = create(&sandbox, &format!("{KEY}__nocache"), task());
    assert_eq!(suffixed["errorId"], 0, "{suffixed}");
    assert_eq!(result(&sandbox, KEY, &suffixed["taskId"])["errorId"], 0);
    assert_eq!(result(&sandbox, "other", &suffixed["taskId"])["errorCode"], "ERROR_NO_SUCH_CAPCHA_ID");

    let open_to_all = open(json!({}));
    assert_eq!(call(&open_to_all, "getBalance", json!({"clientKey": "sandbox"}))["errorId"], 0);
    assert_eq!(call(&open_to_all, "getBalance", json!({}))["errorCode"], "ERROR_KEY_DOES_NOT_EXIST");
}

#[test]
fn faulty_requests_get_the_documented_envelope() {
    let sandbox = open(json!({}));
    let url = format!("{}/createTask", sandbox.url());
    for body in ["", "{", "[]", "null", "\u{7f}", "{\"clientKey\":\"k\"", "[[[[[[[["] {
        let (status, text) = raw(&url, body.as_bytes());
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((status, &answer["errorId"], &answer["taskId"]), (200, &json!(1), &json!(0)), "{body}: {text}");
        assert_eq!(answer["errorCode"], "ERROR_TASK_ABSENT", "{body}");
        assert!(answer["errorDescription"].is_string());
    }
    let (_, text) = raw(&url, b"{\"clientKey\":\"k\xff\"}");
    assert!(text.contains("ERROR_TASK_ABSENT"));
    let code = |task: Value| create(&sandbox, KEY, task)["errorCode"].clone();
    let missing = call(&sandbox, "createTask", json!({"clientKey": KEY}));
    assert_eq!(missing["errorCode"], "ERROR_TASK_ABSENT");
    assert_eq!(code(json!("text")), "ERROR_TASK_ABSENT");
    assert_eq!(code(json!({})), "ERROR_TASK_NOT_SUPPORTED");
    let image = |length: usize| json!({"type": "ImageToTextTask", "body": "A".repeat(length)});
    assert_eq!(code(image(100)), "ERROR_ZERO_CAPTCHA_FILESIZE");
    assert_eq!(code(image(136)), Value::Null);
    assert_eq!(code(image(66_664)), Value::Null);
    assert_eq!(code(image(68_272)), "ERROR_TOO_BIG_CAPTCHA_FILESIZE");
    let mut proxied = task();
    for (name, value) in
        [("proxyType", json!("http")), ("proxyAddress", json!("203.0.113.7")), ("proxyPort", json!(80))]
    {
        proxied[name] = value;
    }
    proxied["proxyLogin"] = json!("a%b");
    assert_eq!(code(proxied), "ERROR_PROXY_CREDENTIALS_INVALID_CHARACTER");
    let mut elsewhere = task();
    elsewhere["websiteURL"] = json!("ftp://example.com");
    assert_eq!(code(elsewhere), "ERROR_RECAPTCHA_INVALID_DOMAIN");
    for id in [json!(1), json!("x"), json!(null), json!(-5), json!(1.5)] {
        assert_eq!(result(&sandbox, KEY, &id)["errorCode"], "ERROR_NO_SUCH_CAPCHA_ID", "{id}");
    }
}

#[test]
fn errors_happen_when_asked_for() {
    let sandbox = open(json!({"solveMs": 0}));
    let at_once = create(&sandbox, "error:ERROR_NO_SLOT_AVAILABLE", task());
    assert_eq!((&at_once["errorCode"], &at_once["taskId"]), (&json!("ERROR_NO_SLOT_AVAILABLE"), &json!(0)));
    let mut failing = task();
    failing["userAgent"] = json!("error:ERROR_SOMETHING_NEW");
    assert_eq!(create(&sandbox, KEY, failing.clone())["errorCode"], "ERROR_SOMETHING_NEW");
    failing["userAgent"] = json!("error@result:ERROR_CAPTCHA_UNSOLVABLE");
    let created = create(&sandbox, KEY, failing);
    assert_eq!(created["errorId"], 0);
    let failed = finish(&sandbox, KEY, &created["taskId"]);
    assert_eq!((&failed["errorId"], &failed["errorCode"]), (&json!(1), &json!("ERROR_CAPTCHA_UNSOLVABLE")));
    let by_key = "error@result:ERROR_RECAPTCHA_TIMEOUT";
    let created = create(&sandbox, by_key, task());
    assert_eq!(finish(&sandbox, by_key, &created["taskId"])["errorCode"], "ERROR_RECAPTCHA_TIMEOUT");
    let balance = |key: &str| call(&sandbox, "getBalance", json!({"clientKey": key}))["errorCode"].clone();
    assert_eq!(balance("error@balance:ERROR_IP_BLOCKED"), "ERROR_IP_BLOCKED");
    assert_eq!(balance("error:ERROR_IP_BANNED"), "ERROR_IP_BANNED");
    let state = inspect(&sandbox);
    assert_eq!((&state["tasks"]["created"], &state["tasks"]["failed"]), (&json!(2), &json!(2)));
    assert_eq!(state["balance"], 1000, "a task that fails costs nothing");
}

#[test]
fn results_are_forgotten_and_polls_limited() {
    let sandbox = open(json!({"solveMs": 0, "retentionMs": 0}));
    let created = create(&sandbox, KEY, task());
    assert_eq!(result(&sandbox, KEY, &created["taskId"])["errorCode"], "ERROR_NO_SUCH_CAPCHA_ID");
    assert_eq!(inspect(&sandbox)["tasks"]["forgotten"], 1);

    let sandbox = open(json!({"solveMs": 60_000}));
    let created = create(&sandbox, KEY, task());
    for _ in 0..120 {
        assert_eq!(result(&sandbox, KEY, &created["taskId"])["status"], "processing");
    }
    assert_eq!(result(&sandbox, KEY, &created["taskId"])["errorCode"], "ERROR_TOO_MUCH_REQUESTS");
}

#[test]
fn finished_tasks_are_reported_by_their_kind() {
    let sandbox = open(json!({"solveMs": 0, "solveMsByType": {"TurnstileTask": 60_000}}));
    let report = |method: &str, id: &Value| call(&sandbox, method, json!({"clientKey": KEY, "taskId": id}));
    let token = create(&sandbox, KEY, task())["taskId"].clone();
    assert_eq!(report("reportIncorrectTokenCaptcha", &token)["status"], "success");
    assert_eq!(report("reportIncorrectRecaptcha", &token)["status"], "success");
    assert_eq!(report("reportIncorrectImageCaptcha", &token)["errorId"], 1);
    let image = create(&sandbox, KEY, json!({"type": "ImageToTextTask", "body": "A".repeat(400)}))["taskId"].clone();
    assert_eq!(report("reportIncorrectImageCaptcha", &image)["status"], "success");
    let busy = json!({"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "k"});
    let busy = create(&sandbox, KEY, busy)["taskId"].clone();
    assert_eq!(report("reportIncorrectTokenCaptcha", &busy)["errorCode"], "ERROR_NO_SUCH_CAPCHA_ID");
}

#[test]
fn other_paths_and_the_user_agent() {
    let sandbox = open(json!({}));
    let (status, text) = raw(&format!("{}/noSuchMethod", sandbox.url()), b"{}");
    assert_eq!(status, 404);
    assert!(text.contains("ERROR_NO_SUCH_METHOD"));
    let answer = agent().get(&format!("{}/createTask", sandbox.url())).call().expect("an answer");
    assert_eq!(answer.status().as_u16(), 405);
    for url in [sandbox.user_agent_url(), format!("{}/getUserAgent", sandbox.url())] {
        let mut answer = agent().get(&url).call().expect("an answer");
        assert_eq!(answer.status().as_u16(), 200);
        assert!(answer.headers()["content-type"].to_str().expect("text").starts_with("text/plain"));
        let text = answer.body_mut().read_to_string().expect("text");
        assert!(text.starts_with("Mozilla/5.0 (Windows NT 10.0;") && text.contains("artificial"), "{text}");
    }
    let slash = raw(&format!("{}/getTaskResult/", sandbox.url()), b"{\"clientKey\":\"k\",\"taskId\":1}");
    assert!(slash.1.contains("ERROR_NO_SUCH_CAPCHA_ID"));
}

#[test]
fn ids_may_be_large() {
    let sandbox = open(json!({"firstTaskId": 9_007_199_254_740_000u64}));
    assert_eq!(create(&sandbox, KEY, task())["taskId"], 9_007_199_254_740_000u64);
    assert_eq!(create(&sandbox, KEY, task())["taskId"], 9_007_199_254_740_001u64);
}

#[test]
fn closing_frees_the_port() {
    let sandbox = open(json!({}));
    let created = create(&sandbox, KEY, task());
    assert_eq!(created["errorId"], 0);
    let address: std::net::SocketAddr = sandbox.url().trim_start_matches("http://").parse().expect("an address");
    // An open connection must not hold the port.
    let idle = std::net::TcpStream::connect(address).expect("connects");
    sandbox.close();
    sandbox.close();
    assert!(std::net::TcpStream::connect(address).is_err());
    drop(open(json!({"listen": address.to_string()})));
    drop(idle);
}

#[test]
fn wrong_configuration_is_refused_by_name() {
    for (config, member) in [
        (json!({"colour": 1}), "colour"),
        (json!({"solveMs": "fast"}), "solveMs"),
        (json!({"solveMs": -1}), "solveMs"),
        (json!({"solveMs": {"min": 5, "max": 1}}), "solveMs"),
        (json!({"solveMs": {"min": 5, "top": 1}}), "solveMs/top"),
        (json!({"solveMsByType": {"TurnstileTask": true}}), "solveMsByType/TurnstileTask"),
        (json!({"listen": "localhost"}), "listen"),
        (json!({"balance": "12"}), "balance"),
        (json!({"price": -1}), "price"),
        (json!({"accounts": {}}), "accounts"),
        (json!({"accounts": [{"key": "a"}, {"key": "a"}]}), "accounts/1/key"),
        (json!({"accounts": [{"balance": 1}]}), "accounts/0/key"),
        (json!({"accounts": [{"key": "a", "status": "rich"}]}), "accounts/0/status"),
        (json!({"maxPolls": 0}), "maxPolls"),
        (json!({"checkTasks": 1}), "checkTasks"),
    ] {
        let failure = Sandbox::open(Some(&config.to_string())).expect_err("refused");
        let told: Value = serde_json::from_str(&failure.to_json()).expect("JSON");
        assert_eq!(told["errorCode"], "CAPTASK_INVALID_CONFIG", "{config}");
        assert_eq!(told["member"], member, "{config}");
        assert!(told["errorDescription"].as_str().expect("text").contains(member), "{told}");
    }
    let failure = Sandbox::open(Some("{\"solveMs\":")).expect_err("refused");
    assert_eq!(failure.code.as_str(), "CAPTASK_INVALID_JSON");
}

#[test]
fn an_unknown_type_is_not_supported() {
    let sandbox = open(json!({}));
    let answer = create(&sandbox, KEY, json!({"type": "NoSuchTask"}));
    assert_eq!((&answer["errorCode"], &answer["taskId"]), (&json!("ERROR_TASK_NOT_SUPPORTED"), &json!(0)));
    let incomplete = create(&sandbox, KEY, json!({"type": "RecaptchaV2Task", "websiteURL": "https://example.com"}));
    assert_eq!(incomplete["errorCode"], "ERROR_INVALID_TASK");
    assert!(incomplete["errorDescription"].as_str().expect("text").contains("websiteKey"), "{incomplete}");
    let lenient = open(json!({"checkTasks": false}));
    assert_eq!(create(&lenient, KEY, json!({"type": "NoSuchTask"}))["errorId"], 0);
}

#[test]
fn a_web_page_cannot_use_the_sandbox() {
    use std::io::{Read, Write};
    let sandbox = Sandbox::open(Some(r#"{"controlHosts":["sandbox"]}"#)).expect("opens");
    let place = sandbox.url().trim_start_matches("http://").to_owned();
    let body = r#"{"clientKey":"k","task":{"type":"X"},"callbackUrl":"http://127.0.0.1:9/internal"}"#;
    let ask = |host: &str, headers: &str| {
        let mut socket = std::net::TcpStream::connect(&place).expect("connects");
        let length = body.len();
        write!(
            socket,
            "POST /createTask HTTP/1.1\r\nhost: {host}\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .expect("sent");
        let mut answer = String::new();
        socket.read_to_string(&mut answer).expect("an answer");
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    for (host, headers) in [
        (place.as_str(), "origin: https://evil.example\r\n"),
        (&place, "origin: null\r\n"),
        (&place, "sec-fetch-site: cross-site\r\n"),
        (&place, "sec-fetch-site: same-site\r\n"),
        ("rebound.example", ""),
        ("rebound.example:80", ""),
    ] {
        assert_eq!(ask(host, headers), "403", "{host} {headers}");
    }
    let own = format!("origin: http://{place}\r\nsec-fetch-site: same-origin\r\n");
    for (host, headers) in
        [(place.as_str(), ""), (&place, &own), ("localhost", ""), ("sandbox:8099", ""), ("[::1]:1", "")]
    {
        assert_eq!(ask(host, headers), "200", "{host} {headers}");
    }
    let state: serde_json::Value = serde_json::from_str(&sandbox.inspect()).expect("JSON");
    assert_eq!(
        (&state["turnedAway"], &state["requests"]["createTask"]),
        (&serde_json::json!(6), &serde_json::json!(5))
    );
}
