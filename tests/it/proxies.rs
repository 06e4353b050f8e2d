//! Proxies in front of http and https endpoints: logins arrive, refusals send nothing, and nothing is bought twice.

use crate::support::tls::{Authority, service};
use crate::support::{Client, Peer, Scratch, proxy};
use crate::support::{real_task, real_task_with};
use rustls::version::TLS13;
use serde_json::{Value, json};
use std::io::Read;

const KEY: &str = "planted-key-behind-a-proxy";

fn config(endpoint: String, proxy: String, roots: &std::path::Path) -> Value {
    json!({
        "endpoint": endpoint, "proxy": proxy, "tls": {"roots": roots}, "clientKey": KEY, "callTimeoutMs": 400,
    })
}

/// A plain and a secure service, and the root of the latter.
fn services(name: &str) -> (Peer, Peer, Scratch) {
    let authority = Authority::new();
    let secure = service(authority.issue(&["localhost"], 2020..2090), &[&TLS13]);
    (Peer::service(), secure, authority.pem(name))
}

#[test]
fn an_http_proxy_is_told_where_to_and_no_more() {
    let (plain, secure, roots) = services("connect");
    for endpoint in [plain.url(), format!("https://localhost:{}", secure.port())] {
        let between = proxy::connect(None);
        let client = Client::open(config(endpoint.clone(), between.url(), &roots));
        client.works();
        let heard = between.heard.text();
        let host = endpoint.split("//").nth(1).unwrap();
        assert!(heard.starts_with(&format!("CONNECT {host} HTTP/1.1\r\n")), "{heard}");
        assert!(!heard.contains(KEY) && !heard.contains("Proxy-Authorization"), "{heard}");

        let between = proxy::connect(None);
        let url = format!("http://us%40er:pa%3Ass@{}", between.address);
        Client::open(config(endpoint, url, &roots)).works();
        // "us@er:pa:ss"
        assert!(between.heard.text().contains("Proxy-Authorization: Basic dXNAZXI6cGE6c3M=\r\n"));
    }
    assert!(plain.heard.text().contains(KEY) && secure.heard.text().contains(KEY));
}

/// TLS to the proxy is not TLS to the service: the proxy must not read what goes through it.
#[test]
fn an_https_proxy_reads_nothing_of_what_it_passes_on() {
    let authority = Authority::new();
    let secure = service(authority.issue(&["localhost"], 2020..2090), &[&TLS13]);
    let roots = authority.pem("https-proxy");
    let between = proxy::secure_connect(authority.issue(&["localhost"], 2020..2090));
    let url = format!("https://localhost:{}", between.port());
    Client::open(config(format!("https://localhost:{}", secure.port()), url, &roots)).works();
    let heard = between.heard.text();
    assert!(heard.starts_with(&format!("CONNECT localhost:{} HTTP/1.1\r\n", secure.port())), "{heard}");
    assert!(!heard.contains(KEY) && !heard.contains("createTask"), "{heard}");
    assert!(secure.heard.text().contains(KEY));
}

#[test]
fn a_socks_proxy_works_with_and_without_a_login() {
    let (plain, secure, roots) = services("socks");
    for endpoint in [plain.url(), format!("https://localhost:{}", secure.port())] {
        let between = proxy::socks5(None);
        let url = format!("socks5://{}", between.address);
        Client::open(config(endpoint.clone(), url, &roots)).works();
        let between = proxy::socks5(Some(("us@er", "pa:ss")));
        let url = format!("socks5://us%40er:pa%3Ass@{}", between.address);
        Client::open(config(endpoint, url, &roots)).works();
        assert!(between.heard.text().starts_with("us@er:pa:ss\n"));
    }
}

#[test]
fn a_proxy_that_refuses_is_no_outcome_unknown() {
    let (plain, secure, roots) = services("refuse");
    let refusals = ["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"];
    let mut proxies: Vec<(String, Peer, String)> = Vec::new();
    for refusal in refusals {
        let peer = proxy::connect(Some(refusal));
        let url = format!("http://name:hunter2@{}", peer.address);
        proxies.push((refusal.into(), peer, url));
    }
    let peer = proxy::socks5(Some(("right", "right")));
    let url = format!("socks5://name:hunter2@{}", peer.address);
    proxies.push(("wrong SOCKS login".into(), peer, url));
    let peer = Peer::start(|mut stream, heard| {
        let mut piece = [0; 512];
        let n = stream.read(&mut piece).unwrap_or(0);
        heard.note(&piece[..n]);
    });
    let url = peer.url();
    proxies.push(("hangs up".into(), peer, url));
    for (name, between, url) in &proxies {
        for endpoint in [plain.url(), format!("https://localhost:{}", secure.port())] {
            let client = Client::open(config(endpoint, url.clone(), &roots));
            let solve = real_task_with(json!({"timeoutMs": 400}));
            for answer in [client.create_task(&real_task()), client.balance(), client.solve(&solve)] {
                assert_eq!(answer["errorCode"], "CAPTASK_CONNECT", "{name}: {answer}");
                // A login that is tried again locks accounts.
                let login = name.contains("407") || name.contains("login");
                assert_eq!(answer["retryable"], !login, "{name}: {answer}");
                assert!(!answer.to_string().contains("hunter2"), "{name}: {answer}");
            }
        }
        assert!(!between.heard.text().contains(KEY), "{name}");
    }
    assert_eq!(plain.heard.connections() + secure.heard.connections(), 0);
}

#[test]
fn a_task_that_may_be_bought_is_never_bought_again_behind_a_proxy() {
    // It reads the whole request and hangs up without an answer.
    let mute = Peer::start(|mut stream, heard| {
        crate::support::net::request(&mut stream, heard);
    });
    let (connect, socks) = (proxy::connect(None), proxy::socks5(None));
    for url in [connect.url(), format!("socks5://{}", socks.address)] {
        let before = mute.heard.requests("createTask");
        let mut config = config(mute.url(), url.clone(), std::path::Path::new("x.pem"));
        config["tls"] = Value::Null;
        let client = Client::open(&config);
        let answer = client.create_task(&real_task());
        assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{url}: {answer}");
        let solve = real_task_with(json!({"timeoutMs": 2000}));
        let answer = client.solve(&solve);
        assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{url}: {answer}");
        assert_eq!(mute.heard.requests("createTask") - before, 2, "{url}");
    }
}

#[test]
fn nobody_behind_a_proxy_is_refused_as_without_one() {
    let (_, _, roots) = services("refused");
    let bad = service(crate::support::tls::self_signed(&["localhost"]), &[&TLS13]);
    let between = proxy::connect(None);
    let client = Client::open(config(format!("https://localhost:{}", bad.port()), between.url(), &roots));
    assert_eq!(client.create_task(&real_task())["errorCode"], "CAPTASK_TLS");
    assert!(!bad.heard.text().contains(KEY) && !between.heard.text().contains(KEY));
}
