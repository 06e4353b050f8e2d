//! What people paste into a configuration, a request and the environment.

use crate::support::faulty_server::{FaultyServer, good};
use crate::support::{Client, config};
use captask::ffi;
use serde_json::{Value, json};
use std::ffi::{CStr, CString};
use std::process::{Command, Stdio};

const ROLE: &str = "CAPTASK_TEST_ROLE";

fn refusal(config: &str) -> String {
    let config = CString::new(config).expect("no NUL");
    let mut error = std::ptr::null_mut();
    // SAFETY: a terminated text and a pointer that may be written to.
    assert_eq!(unsafe { ffi::captask_open(config.as_ptr(), &raw mut error) }, 0, "{config:?}");
    // SAFETY: with 0 comes a text of captask.
    let text = unsafe { CStr::from_ptr(error) }.to_str().expect("UTF-8").to_owned();
    // SAFETY: released once, here.
    unsafe { ffi::captask_free(error) };
    text
}

#[cfg(feature = "sandbox")]
fn sandbox_refusal(config: &str) -> String {
    let config = CString::new(config).expect("no NUL");
    let mut error = std::ptr::null_mut();
    // SAFETY: a terminated text and a pointer that may be written to.
    assert_eq!(unsafe { ffi::captask_sandbox_open(config.as_ptr(), &raw mut error) }, 0, "{config:?}");
    // SAFETY: with 0 comes a text of captask.
    let text = unsafe { CStr::from_ptr(error) }.to_str().expect("UTF-8").to_owned();
    // SAFETY: released once, here.
    unsafe { ffi::captask_free(error) };
    text
}

fn check(request: &Value) -> String {
    let request = CString::new(request.to_string()).expect("no NUL");
    // SAFETY: a terminated text.
    let answer = unsafe { ffi::captask_check(request.as_ptr()) };
    // SAFETY: never NULL.
    let text = unsafe { CStr::from_ptr(answer) }.to_str().expect("UTF-8").to_owned();
    // SAFETY: released once, here.
    unsafe { ffi::captask_free(answer) };
    text
}

/// Runs `the_child` of this program with these variables and no others that count.
fn with_variables(role: &str, variables: &[(&str, &str)]) {
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child
        .args(["--exact", "configuration::the_child", "--nocapture", "--test-threads=1"])
        .env(ROLE, role)
        .stdin(Stdio::null());
    for name in ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy"] {
        child.env_remove(name);
    }
    for name in ["NO_PROXY", "REQUEST_METHOD", "CAPTASK_CLIENT_KEY"] {
        child.env_remove(name);
    }
    let output = child.envs(variables.iter().copied()).output().expect("a child");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("went on"), "{variables:?}\n{out}\n{err}");
}

#[test]
fn the_child() {
    let Ok(role) = std::env::var(ROLE) else { return };
    match role.as_str() {
        "refused proxy" => {
            let text = refusal(r#"{"clientKey":"k","proxy":"environment"}"#);
            assert!(text.contains("CAPTASK_INVALID_CONFIG") && text.contains("HTTPS_PROXY"), "{text}");
            assert!(!text.contains("planted"), "{text}");
        }
        "refused key" => {
            let text = refusal("{}");
            assert!(text.contains("CAPTASK_INVALID_CONFIG") && text.contains("CAPTASK_CLIENT_KEY"), "{text}");
            assert!(!text.contains("planted"), "{text}");
        }
        "key" => {
            crate::support::collect_log();
            let faulty = FaultyServer::start(|request| {
                assert_eq!(request.body["clientKey"], "planted-key");
                good(request)
            });
            let mut config = config(&faulty.url(), json!({}));
            config.as_object_mut().expect("an object").remove("clientKey");
            assert_eq!(Client::open(config).balance()["balance"], 1.5);
            assert!(crate::support::logged(&["CAPTASK_CLIENT_KEY", "white space"]));
            assert!(!crate::support::logged(&["planted"]));
        }
        other => panic!("no role {other}"),
    }
    println!("went on");
}

#[test]
fn a_proxy_that_was_asked_for_and_cannot_be_used_is_refused() {
    for value in ["ftp://planted:1", "http://planted:port", "http://planted#1@h:1", "http://"] {
        with_variables("refused proxy", &[("HTTPS_PROXY", value)]);
    }
    for (url, what) in [
        ("http://planted#1@127.0.0.1:9", "%23"),
        ("socks5://planted?1@127.0.0.1:9", "%23"),
        ("http://127.0.0.1:9/planted", "%23"),
        ("http://127.0.0.1:0", "port"),
    ] {
        let text = refusal(&json!({"clientKey": "k", "proxy": url}).to_string());
        assert!(text.contains("CAPTASK_INVALID_CONFIG") && text.contains("proxy: "), "{text}");
        assert!(text.contains(what) && !text.contains("planted"), "{text}");
    }
}

#[test]
fn a_host_in_another_alphabet_is_refused_with_what_to_write() {
    for key in ["endpoint", "userAgentEndpoint"] {
        let text = refusal(&json!({"clientKey": "k", key: "https://b\u{fc}cher.example"}).to_string());
        assert!(text.contains(&format!("{key}: ")) && text.contains("xn--"), "{text}");
    }
}

#[test]
fn a_key_loses_what_was_copied_with_it() {
    crate::support::collect_log();
    for (around, key) in ["\n", "\r\n", "\u{feff}", "\u{a0}", " ", "\t \u{200b}"].into_iter().zip('a'..) {
        let wanted = format!("key-{key}");
        let expected = wanted.clone();
        let faulty = FaultyServer::start(move |request| {
            assert_eq!(request.body["clientKey"], Value::from(expected.clone()));
            good(request)
        });
        for given in [format!("{wanted}{around}"), format!("{around}{wanted}")] {
            assert_eq!(Client::at(&faulty.url(), json!({"clientKey": given})).balance()["balance"], 1.5, "{given:?}");
        }
    }
    assert!(crate::support::logged(&["clientKey", "white space"]) && !crate::support::logged(&["key-a"]));
    with_variables("key", &[("CAPTASK_CLIENT_KEY", " planted-key\r\n")]);
}

#[test]
fn a_key_that_cannot_be_right_is_refused() {
    for key in ["planted\nkey", "planted\u{7f}key", "planted\tkey"] {
        let text = refusal(&json!({"clientKey": key}).to_string());
        assert!(text.contains("CAPTASK_INVALID_CONFIG") && text.contains("clientKey"), "{text}");
        assert!(!text.contains("planted"), "{text}");
        with_variables("refused key", &[("CAPTASK_CLIENT_KEY", key)]);
    }
    assert!(refusal(r#"{"clientKey":" \n"}"#).contains("clientKey: must not be empty"));
}

#[test]
fn a_key_of_a_configuration_stands_once() {
    for (config, at) in [
        (r#"{"clientKey":"planted-1","clientKey":"planted-2"}"#, "clientKey"),
        (r#"{"poll":{"firstMs":1,"firstMs":1}}"#, "poll.firstMs"),
        (r#"{"softId":null,"softId":7}"#, "softId"),
    ] {
        let text = refusal(config);
        assert!(
            text.contains("CAPTASK_INVALID_CONFIG")
                && text.contains(&format!("{at}: the member is given more than once")),
            "{text}"
        );
        assert!(!text.contains("planted"), "{text}");
    }
    #[cfg(feature = "sandbox")]
    for (config, at) in [
        (r#"{"balance":1,"balance":2}"#, "balance"),
        (r#"{"accounts":[{"key":"planted1","key":"planted2"}]}"#, "accounts/0/key"),
        (r#"{"solveMsByType":{"A":1,"A":2}}"#, "solveMsByType/A"),
    ] {
        let text = sandbox_refusal(config);
        assert!(
            text.contains("CAPTASK_INVALID_CONFIG")
                && text.contains(&format!("{at}: the member is given more than once")),
            "{text}"
        );
        assert!(!text.contains("planted"), "{text}");
    }
}

#[cfg(feature = "sandbox")]
#[test]
fn a_taken_port_is_a_fault_of_the_configuration() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = taken.local_addr().expect("an address");
    let text = sandbox_refusal(&json!({"listen": listen.to_string()}).to_string());
    assert!(text.contains("CAPTASK_INVALID_CONFIG") && text.contains("\"member\":\"listen\""), "{text}");
}

#[test]
fn what_is_wrong_is_listed_within_bounds() {
    let pictures: Vec<&str> = vec!["not base64!"; 100_000];
    let text = check(&json!({"task": {"type": "ComplexImageTask", "class": "recaptcha", "imagesBase64": pictures,
        "metadata": {"Task": "x", "Grid": "3x3"}}}));
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let problems = answer["problems"].as_array().expect("problems");
    assert!(text.len() < 100_000 && problems.len() > 50, "{} bytes, {} problems", text.len(), problems.len());
    let last = problems.last().and_then(|last| last["problem"].as_str()).expect("a text");
    assert!(last.starts_with("and ") && last.ends_with("more problems"), "{last}");

    let long = "x".repeat(1_000_000);
    let text = check(&json!({"task": {"type": "TurnstileTask", "websiteURL": "https://a.example/", "websiteKey": "k",
        (long.as_str()): 1}}));
    assert!(text.len() < 20_000, "{} bytes", text.len());
}

#[test]
fn a_site_key_with_white_space_is_worth_a_warning() {
    for key in ["key\n", "\u{feff}key", "\u{a0}key", "key "] {
        let task = json!({"type": "TurnstileTask", "websiteURL": "https://a.example/", "websiteKey": key});
        let answer: Value = serde_json::from_str(&check(&json!({"task": task}))).expect("JSON");
        assert_eq!(answer["warnings"][0]["pointer"], "/task/websiteKey", "{answer}");
    }
}
