//! What captask_check says of members around the task, of proxies, and of members that stand twice.

use super::suggestions::{answer, at, check, example, warnings, with};
use captask::protocol::catalog::{self};
use serde_json::{Value, json};

#[test]
fn misspelt_members_of_the_request_are_warned_of() {
    let task = example("prosopo");
    for (request, pointer, hint) in [
        (json!({"task": task, "callBackUrl": "https://me.example"}), "/callBackUrl", "did you mean callbackUrl?"),
        (json!({"task": task, "callback": "https://me.example"}), "/callback", "did you mean callbackUrl?"),
        (json!({"task": task, "pingback": "https://me.example"}), "/pingback", "did you mean callbackUrl?"),
        (json!({"task": task, "option": {}}), "/option", "did you mean options?"),
        (json!({"task": task, "extras": 1}), "/extras", "did you mean extra?"),
        (json!({"task": task, "softID": 1}), "/softID", "did you mean softId?"),
        (json!({"task": task, "soft_id": 1}), "/soft_id", "did you mean softId?"),
        (json!({"task": task, "apiKey": "k"}), "/apiKey", "did you mean clientKey?"),
        (json!({"task": task, "client_key": "k"}), "/client_key", "did you mean clientKey?"),
        (json!({"task": task, "timeoutMs": 1}), "/timeoutMs", "did you mean options.timeoutMs?"),
        (json!({"task": task, "timeoutms": 1}), "/timeoutms", "did you mean options.timeoutMs?"),
        (json!({"task": task, "userAgent": "x"}), "/userAgent", "did you mean task.userAgent?"),
        (json!({"task": task, "Type": "x"}), "/Type", "did you mean task.type?"),
        (json!({"task": task, "quite": {}}), "/quite", ""),
        (json!({"taskId": 7, "option": {}}), "/option", "did you mean options?"),
    ] {
        let told = answer(&request);
        assert_eq!(told["errorId"], 0, "{told}");
        assert_eq!(warnings(&told), [(pointer.to_owned(), hint.to_owned())], "{request}");
    }
    for (request, words) in [
        (json!({"task": task, "quite": {}}), "it is sent unchanged"),
        (json!({"taskId": 7, "quite": {}}), "it is not sent"),
    ] {
        let told = answer(&request);
        assert!(told["warnings"][0]["problem"].as_str().unwrap().contains(words), "{told}");
    }
    let told =
        answer(&json!({"task": task, "softId": 7, "clientKey": "k", "callbackUrl": null, "options": {}, "extra": 1}));
    assert_eq!(told, json!({"errorId": 0, "variant": "prosopo", "warnings": []}));
    let told = answer(&json!({"Task": task}));
    assert_eq!(told["problems"][0]["hint"], "did you mean task?");
    assert_eq!(warnings(&told), [(String::from("/Task"), String::from("did you mean task?"))]);
}

#[test]
fn addresses_and_ports_of_proxies_are_looked_at() {
    let mut task = example("recaptcha_v2");
    task["proxyType"] = "http".into();
    task["proxyPort"] = 8080.into();
    for (address, problem, hint) in [
        ("http://203.0.113.7", "scheme", "proxyType"),
        ("http://203.0.113.7:80", "scheme", "proxyType"),
        ("203.0.113.7:8080", "port", "proxyPort"),
        ("proxy.example:8080", "port", "proxyPort"),
        ("[2001:db8::7]:8080", "port", "proxyPort"),
        ("[2001:db8::7]", "brackets", "without brackets"),
        (" 203.0.113.7", "white space", "without white space"),
        ("203.0.113.7\n", "white space", "without white space"),
        ("203.0.113.7/", "path", "address alone"),
        ("anna:word@203.0.113.7", "login", "proxyLogin"),
        ("203.0.113", "IPv4", "four numbers"),
        ("203.0.113.256", "IPv4", "four numbers"),
        ("2001:db8:::7", "IPv6", ""),
        ("próxy.example", "host name", "punycode"),
        ("proxy!.example", "host name", ""),
        ("10.0.0.1", "local", "can reach"),
        ("192.168.7.7", "local", "can reach"),
        ("172.31.0.1", "local", "can reach"),
        ("169.254.1.1", "local", "can reach"),
        ("127.0.0.1", "local", "can reach"),
        ("0.0.0.0", "local", "can reach"),
        ("localhost", "local", "can reach"),
        ("::1", "local", "can reach"),
        ("fe80::1", "local", "can reach"),
        ("fd00::1", "local", "can reach"),
        ("::ffff:10.0.0.1", "local", "can reach"),
    ] {
        let found = check(&with(&task, json!({"proxyAddress": address})));
        let told = at(&found.problems, "/proxyAddress");
        assert!(told.problem.contains(problem) && told.hint.contains(hint), "{address}: {told:?}");
        assert!(!told.problem.contains("anna") && !told.problem.contains("word"), "{told:?}");
    }
    for address in [
        "203.0.113.7",
        "2001:db8::7",
        "proxy.example",
        "10.proxy.example",
        "a-b.c_d.example",
        "172.32.0.1",
        "fdx.example",
    ] {
        let found = check(&with(&task, json!({"proxyAddress": address})));
        assert_eq!((found.problems, found.warnings), (vec![], vec![]), "{address}");
    }
    task["proxyAddress"] = "203.0.113.7".into();
    for (port, fine) in [(0, false), (1, true), (65535, true), (65536, false), (-1, false)] {
        let found = check(&with(&task, json!({"proxyPort": port})));
        assert_eq!(found.problems.is_empty(), fine, "{port}");
        if !fine {
            assert_eq!(
                at(&found.problems, "/proxyPort").problem,
                format!("proxyPort is {port}; expected {} to 65535", i32::from(port == 0))
            );
        }
    }
}

#[test]
fn a_member_that_stands_twice_is_warned_of() {
    let twice = |text: &str, pointer: &str| {
        let told: Value = serde_json::from_str(&catalog::check(text)).unwrap();
        let found: Vec<&Value> = told["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|w| w["problem"].as_str().unwrap().contains("the last one is used"))
            .collect();
        assert_eq!(found.len(), 1, "{text}: {told}");
        assert_eq!((found[0]["pointer"].as_str(), found[0]["hint"].as_str()), (Some(pointer), Some("keep one")));
    };
    let task = r#""type":"ProsopoTask","websiteURL":"https://a.example","websiteKey":"k""#;
    twice(&format!(r#"{{"task":{{{task},"websiteKey":"l"}}}}"#), "/task/websiteKey");
    twice(&format!(r#"{{"task":{{{task},"websiteKey":"l","websiteKey":"m"}}}}"#), "/task/websiteKey");
    twice(&format!(r#"{{"task":{{{task},"type":"ProsopoTask"}}}}"#), "/task/type");
    twice(&format!(r#"{{"task":{{{task},"new":1,"new":2}}}}"#), "/task/new");
    twice(r#"{"task":{"type":"NextMonthTask","a":1,"a":2}}"#, "/task/a");
    twice(
        r#"{"task":{"type":"CustomTask","class":"altcha","metadata":{"salt":"a","salt":"b"}}}"#,
        "/task/metadata/salt",
    );
    twice(&format!(r#"{{"task":{{}},"task":{{{task}}}}}"#), "/task");
    twice(&format!(r#"{{"task":{{{task}}},"extra":1,"extra":2}}"#), "/extra");
    twice(&format!(r#"{{"task":{{{task}}},"options":{{"maxPolls":1,"maxPolls":2}}}}"#), "/options/maxPolls");
    let many: String = (0..20_000).map(|n| format!(",\"n{n}\":1")).collect();
    twice(&format!(r#"{{"task":{{{task}{many},"n7":2}}}}"#), "/task/n7");
}
