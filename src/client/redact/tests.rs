use super::{MOST, first_words};
#[cfg(unix)]
use crate::sys::thread_time;

#[test]
fn secrets_are_left_out_however_they_are_spelled() {
    let key = "k<e\"y\\é/&+🔑 1";
    for echo in [
        key.to_owned(),
        serde_json::to_string(key).unwrap(),
        "k\\u003ce\\u0022y\\\\\\u00e9\\/\\u0026\\u002b\\ud83d\\udd11 1".into(),
        "k%3Ce%22y%5C%C3%A9%2f%26%2B%F0%9F%94%91+1".into(),
        "k&lt;e&quot;y\\&#233;/&amp;&#x2B;🔑 1".into(),
    ] {
        let shown = first_words(&format!("<p>no such key: {echo}, sorry</p>"), key, None);
        let quotes = if echo.starts_with('"') { "\"…\"" } else { "…" };
        assert_eq!(shown, format!("<p>no such key: {quotes}, sorry</p>"));
    }
}

#[test]
fn the_request_tells_what_else_is_secret() {
    let body = r#"{"clientKey":"own-key","task":{"proxyPassword":12345678,"proxyLogin":"anna",
        "cookies":"sid=abcdef; lang=en","metadata":{"Cookies":{"a":"nested-one"}}}}"#;
    let page = "own-key 12345678 anna sid=abcdef; lang=en abcdef nested-one";
    assert_eq!(first_words(page, "config-key", Some(body)), "… … anna … … …");
    assert_eq!(first_words("broken off: own-k", "config-key", Some(body)), "broken off: …");
    assert_eq!(first_words("", "config-key", None), "(empty body)");
    assert_eq!(first_words("% %4 %zz \\u \\ &; &#; &#x110000; +", "config-key", None).len(), 33);
}

#[test]
fn doubled_members_logins_and_odd_requests_give_nothing_away() {
    let body = r#"{"clientKey":"first-key","clientKey":"second-key","task":{"websiteURL":"https://me:word-1@a.b/c"}}"#;
    assert_eq!(first_words("first-key second-key me:word-1 word-1", "config-key", Some(body)), "… … … …");
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    for odd in ["\"\\ud800\"", "1e999", &deep] {
        let body = format!("{{\"clientKey\":\"own-key\",\"odd\":{odd}}}");
        let shown = first_words("own-key", "config-key", Some(&body));
        assert!(!shown.contains("own-key"), "{odd}: {shown}");
    }
}

#[test]
fn only_the_beginning_is_shown() {
    assert_eq!(first_words(&"é\n".repeat(1000), "config-key", None).chars().count(), MOST);
}

#[test]
fn a_secret_that_was_escaped_twice_is_left_out() {
    let key = "k\"e\\y%41é/&1";
    let once = serde_json::to_string(key).unwrap();
    let twice = serde_json::to_string(&once).unwrap();
    for echo in
        [once, twice, "k%2522e%255Cy%252541%25C3%25A9%252F%25261".into(), "k&amp;quot;e\\y%41é/&amp;amp;1".into()]
    {
        let shown = first_words(&format!("<p>{echo}</p>"), key, None);
        assert!(!shown.contains('y') && shown.contains('…'), "{echo}: {shown}");
    }
    for key in ["\\\\\\\\", "ends in \\", "C:\\users\\x", "a\nb\tc", "100%25 %", "\\u0041bcd", "\\ud83dxyz", "x\\x41yz"]
    {
        let json = serde_json::to_string(key).unwrap();
        for echo in [key.to_owned(), json.clone(), serde_json::to_string(&json).unwrap()] {
            let shown = first_words(&format!("before {echo}, after"), key, None);
            let left: String = shown.chars().filter(|c| !"\\\"…".contains(*c)).collect();
            assert!(shown.contains('…') && left == "before , after", "{key:?} as {echo:?}: {shown:?}");
        }
    }
}

#[test]
fn secrets_that_overlap_or_contain_each_other_are_all_left_out() {
    let body = r#"{"proxyPassword":"abcdef","password":"defghi","cookies":"a=abcdefghi; b=xyzxyz"}"#;
    assert_eq!(first_words("-abcdefghi-xyzxyz-", "key-of-a-client", Some(body)), "-…-…-");
    assert_eq!(first_words("-abcdefghi-cdefghij-abcd", "key-of-a-client", Some(body)), "-…-c…j-…");
}

#[cfg(unix)]
/// Each of these texts and secrets with eight times as much of both takes about eight times as long.
#[test]
fn the_time_grows_with_the_text_and_the_secrets() {
    type Make = fn(usize) -> (String, String);
    let cases: [(&str, Make); 6] = [
        ("backslashes", |n| {
            let body = serde_json::json!({"proxyPassword": "\\".repeat(n)}).to_string();
            (body, "\\".repeat(2 * n + 300))
        }),
        ("backslashes and an end", |n| {
            let body = serde_json::json!({"proxyPassword": format!("{}x", "\\".repeat(n))}).to_string();
            (body, "\\".repeat(2 * n + 300))
        }),
        ("one letter", |n| {
            (serde_json::json!({"password": format!("{}b", "a".repeat(n))}).to_string(), "a".repeat(4 * n))
        }),
        ("percents", |n| (serde_json::json!({"password": "%25".repeat(n)}).to_string(), "%25".repeat(2 * n))),
        ("cookies", |n| {
            let cookies: Vec<String> = (0..n / 16).map(|i| format!("c{i}=value-{i}-secret")).collect();
            (serde_json::json!({"cookies": cookies.join("; ")}).to_string(), "value-7-secrex ".repeat(n / 16))
        }),
        ("ampersands", |n| {
            (serde_json::json!({"password": "&amp;".repeat(n)}).to_string(), "&amp;&#x26".repeat(n / 2))
        }),
    ];
    for (name, make) in cases {
        let time = |n: usize| {
            let (body, text) = make(n);
            let once = |_| {
                let start = thread_time();
                std::hint::black_box(first_words(&text, "key-of-a-client", Some(&body)));
                thread_time() - start
            };
            (0..5).map(once).min().unwrap().as_secs_f64().max(1e-5)
        };
        let (one, eight) = (time(2_000), time(16_000));
        assert!(eight < 24.0 * one, "{name}: {one} s, and {eight} s for eight times as much");
    }
}
