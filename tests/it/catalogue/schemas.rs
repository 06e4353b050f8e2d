//! The schemas of what captask_open, captask_solve and captask_sandbox_open take.

use super::{describe, faults, validator};
use captask::protocol::catalog;
use serde_json::{Value, json};

#[test]
fn the_examples_of_config_request_and_sandbox_pass() {
    for topic in ["config", "request", "sandbox"] {
        let told = describe(topic);
        let judge = validator(&told["schema"]);
        assert!(judge.is_valid(&json!({})) || topic == "request", "{topic}: an empty object is all defaults");
        let examples = told["schema"]["examples"].as_array().cloned().unwrap_or_default();
        assert!(!examples.is_empty() || topic == "sandbox", "{topic} has no examples");
        for example in examples {
            assert_eq!(faults(&judge, &example), Vec::<String>::new(), "{topic}: {example}");
        }
    }
}

#[test]
fn every_documented_key_of_the_config_is_in_its_schema() {
    let schema = &describe("config")["schema"];
    let keys = "clientKey endpoint fallbackEndpoints userAgentEndpoint proxy tls connectTimeoutMs requestTimeoutMs \
                callTimeoutMs maxConnections maxInFlight softId validate poll guard callback journal catalogue";
    let known: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    for key in keys.split_whitespace() {
        assert!(known.contains(&key), "{key}");
    }
    assert_eq!(known.len(), keys.split_whitespace().count(), "{known:?}");
    let judge = validator(schema);
    for wrong in [
        json!({"clientkey": "k"}),
        json!({"endpoint": "ftp://h"}),
        json!({"tls": {"verify": false}}),
        json!({"poll": {"maxPolls": 121}}),
        json!({"validate": "maybe"}),
        json!({"maxConnections": 0}),
        json!({"proxy": "h:1"}),
        json!({"callback": {}}),
    ] {
        assert!(!judge.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn the_request_schema_and_the_check_agree() {
    let judge = validator(&describe("request")["schema"]);
    let task = json!({"type": "ProsopoTask", "websiteURL": "https://a.example", "websiteKey": "k"});
    let with = |options: Value| json!({"task": task, "options": options});
    let mut requests = vec![
        json!({}),
        json!([]),
        json!(7),
        json!({"task": task}),
        json!({"task": []}),
        json!({"task": null}),
        json!({"task": task, "taskId": 7}),
        json!({"task": task, "softId": 7, "anything": {}}),
        json!({"task": task, "callbackUrl": 7}),
        json!({"task": task, "callbackUrl": "https://me.example/"}),
        json!({"task": task, "callbackUrl": null}),
        json!({"task": task, "extra": null}),
        json!({"taskId": 7}),
        json!({"taskId": "7f"}),
        json!({"taskId": 0}),
        json!({"taskId": "0"}),
        json!({"taskId": ""}),
        json!({"taskId": null}),
        json!({"taskId": [7]}),
        with(json!(null)),
        with(json!([])),
        with(json!({})),
        with(json!({"timeout": 7})),
        with(json!({"validate": "strict"})),
        with(json!({"validate": "warn"})),
        with(json!({"validate": "off"})),
        with(json!({"validate": "no"})),
        with(json!({"validate": null})),
    ];
    for name in ["timeoutMs", "firstPollMs", "pollIntervalMs", "maxPolls", "pollsUsed"] {
        for value in [
            json!(0),
            json!(1),
            json!(120),
            json!(121),
            json!(-1),
            json!(1.5),
            json!(2.0),
            json!("7"),
            json!(null),
            json!(1e12),
        ] {
            requests.push(with(json!({name: value})));
        }
    }
    for request in requests {
        let answer: Value = serde_json::from_str(&catalog::check(&request.to_string())).unwrap();
        let (schema, check) = (judge.is_valid(&request), answer["errorId"] == 0);
        assert_eq!(schema, check, "{request}: schema {:?}, check {answer}", faults(&judge, &request));
        assert!(check || answer["errorCode"] == "CAPTASK_INVALID_REQUEST", "{request}: {answer}");
    }
}

#[test]
fn every_topic_of_the_contents_exists_and_others_are_refused_with_a_hint() {
    let contents: Value = serde_json::from_str(&catalog::describe(None)).unwrap();
    assert_eq!(contents["errorId"], 0);
    let mut topics = Vec::new();
    for entry in contents["topics"].as_array().unwrap() {
        let topic = entry["topic"].as_str().unwrap();
        let (room, names) = match topic.split_once('/') {
            Some((room, _)) => (room, entry["ids"].as_array().or(entry["codes"].as_array()).unwrap().clone()),
            None => (topic, Vec::new()),
        };
        if names.is_empty() {
            topics.push(topic.to_owned());
        }
        topics.extend(names.iter().map(|name| format!("{room}/{}", name.as_str().unwrap())));
    }
    assert!(topics.len() > 100, "{topics:?}");
    for topic in &topics {
        describe(topic);
    }
    let hint = |topic: &str| {
        let answer: Value = serde_json::from_str(&catalog::describe(Some(topic))).unwrap();
        assert_eq!(answer["errorCode"], "CAPTASK_UNKNOWN_TOPIC", "{topic}: {answer}");
        assert_eq!(answer["errorId"], 1);
        answer["hint"].as_str().unwrap().to_owned()
    };
    assert_eq!(hint("Tasks"), "tasks");
    assert_eq!(hint("task/recaptcha_2"), "task/recaptcha_v2");
    assert_eq!(hint("task/TurnstileTask"), "task/turnstile");
    assert_eq!(hint("turnstile"), "task/turnstile");
    assert_eq!(hint("ERROR_ZERO_BALANCE"), "error/ERROR_ZERO_BALANCE");
    assert_eq!(hint("error/CAPTASK_TIMEOUTS"), "error/CAPTASK_TIMEOUT");
    assert_eq!(hint(""), "");
    assert_eq!(hint("quite another thing"), "");
}

#[test]
fn errors_tell_whether_a_repetition_helps() {
    let told = describe("error/WRONG_CAPTCHA_ID");
    assert_eq!(told["code"], "ERROR_NO_SUCH_CAPCHA_ID");
    let told = describe("error/ERROR_NO_SLOT_AVAILABLE");
    assert_eq!((told["retryable"].as_bool(), told["retryScope"].as_str()), (Some(true), Some("new_task")));
    for code in describe("errors")["library"].as_array().unwrap() {
        assert!(code["advice"].as_str().is_some_and(|advice| advice.ends_with('.')), "{code}");
    }
    let told = describe("error/CAPTASK_GUARD");
    assert_eq!((told["from"].as_str(), told["retryScope"].as_str()), (Some("library"), Some("same_request")));
    let info = catalog::error("WRONG_CAPTCHA_ID").unwrap();
    assert_eq!((info.code, info.class, info.retry, info.after_delay), ("ERROR_NO_SUCH_CAPCHA_ID", "task", None, false));
    let info = catalog::error("ERROR_TOO_MUCH_REQUESTS").unwrap();
    assert!(info.after_delay && info.retry == Some(captask::protocol::RetryScope::SameRequest));
    assert_eq!(catalog::error("ERROR_OF_NEXT_YEAR"), None);
    assert_eq!(catalog::error("HTTP_503"), None, "never sent by the service");
    assert!(describe("errors")["service"].as_array().unwrap().len() >= 29);
}
