//! Requests as strangers write them: many unknown members, names that are no text, forms that clients send.

use super::{describe, validator};
use captask::protocol::catalog::{self, Problem, TaskCheck};
use serde_json::{Value, json};
use std::time::Instant;

fn example(id: &str) -> Value {
    describe(&format!("task/{id}"))["exampleRequest"].clone()
}

fn check(task: &Value) -> TaskCheck<'static> {
    catalog::check_task(&task.to_string())
}

fn answer(request: &str) -> Value {
    serde_json::from_str(&catalog::check(request)).unwrap()
}

fn with(task: &Value, more: Value) -> Value {
    let mut task = task.clone();
    task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    task
}

fn pointers(found: &[Problem]) -> Vec<&str> {
    found.iter().map(|p| p.pointer.as_str()).collect()
}

/// The check and the shape's schema say the same of a task.
fn verdict(task: &Value, fine: bool) {
    let found = check(task);
    let judge = validator(&describe(&format!("task/{}", found.variant.unwrap()))["requestSchema"]);
    assert_eq!((found.problems.is_empty(), judge.is_valid(task)), (fine, fine), "{task}: {found:?}");
}

#[test]
fn many_unknown_members_are_told_first_and_then_counted() {
    let many = |count: usize| (0..count).map(|n| format!(",\"k{n}\":1")).collect::<String>();
    let count = 3000;
    let site = r#""websiteURL":"https://a.example","websiteKey":"k""#;
    for (request, at) in [
        (format!("{{\"task\":{{\"type\":\"X\"}}{}}}", many(count)), ""),
        (format!("{{\"task\":{{\"type\":\"ProsopoTask\",{site}{}}}}}", many(count)), "/task"),
        (
            format!(
                "{{\"task\":{{\"type\":\"CustomTask\",\"class\":\"HUNT\",\"metadata\":{{\"a\":1{}}}}}}}",
                many(count - 1)
            ),
            "/task/metadata",
        ),
    ] {
        let told = answer(&request);
        let warnings: Vec<&Value> =
            told["warnings"].as_array().unwrap().iter().filter(|w| w["pointer"] != "/task/type").collect();
        assert_eq!(warnings.len(), 65, "{at}");
        let last = warnings[64];
        assert_eq!(last["pointer"], at);
        assert!(last["problem"].as_str().unwrap().starts_with("and 2936 more members"), "{last}");
    }
    // The time is for the number of members, not for its square: ten times as many take far less than a hundred times.
    let time = |count: usize| {
        let request = format!("{{\"task\":{{\"type\":\"X\"}}{}}}", many(count));
        let best = (0..3).map(|_| {
            let start = Instant::now();
            assert!(catalog::check(&request).len() > 64);
            start.elapsed()
        });
        best.min().unwrap()
    };
    let (few, lots) = (time(2000), time(20_000));
    assert!(lots < few * 40, "{few:?} for 2000, {lots:?} for 20000");
}

#[test]
fn a_repeated_unknown_member_is_told_once_with_its_count() {
    let again = ",\"new\":1".repeat(700);
    let task = r#""type":"ProsopoTask","websiteURL":"https://a.example","websiteKey":"k""#;
    for (request, at) in
        [(format!("{{\"task\":{{{task}{again}}}}}"), "/task/new"), (format!("{{\"task\":{{{task}}}{again}}}"), "/new")]
    {
        let told = answer(&request);
        let [warning] = told["warnings"].as_array().unwrap().as_slice() else { panic!("{told}") };
        assert_eq!(warning["pointer"], at);
        assert!(warning["problem"].as_str().unwrap().contains("is given 700 times"), "{warning}");
    }
    // Two spellings of one member in turns are one matter.
    let turns = ",\"Case\":true,\"case\":true".repeat(300);
    let image = example("image_to_text")["body"].clone();
    let found = catalog::check_task(&format!("{{\"type\":\"ImageToTextTask\",\"body\":{image}{turns}}}"));
    assert_eq!(found.warnings.iter().filter(|w| w.problem.contains("two spellings")).count(), 1, "{found:?}");
}

#[test]
fn unknown_options_past_the_first_are_counted() {
    let many: Vec<String> = (0..1000).map(|n| format!("\"k{n}\":1")).collect();
    let told = answer(&format!("{{\"taskId\":7,\"options\":{{{},\"validate\":\"no\"}}}}", many.join(",")));
    let problems = told["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 66, "64 of them, the wrong value, and the count");
    assert_eq!(problems[65]["problem"], "and 936 more unknown options");
    assert_eq!(problems[64]["pointer"], "/options/validate");
}

#[test]
fn base64_is_padded_whole_or_not_at_all() {
    let mut tspd = example("tspd");
    let body = example("image_to_text");
    let long = "QUJD".repeat(40);
    for (tail, fine) in [
        ("QQ=", false),
        ("QQ", true),
        ("QQ==", true),
        ("QUI=", true),
        ("QUI", true),
        ("QUI==", false),
        ("QUJD=", false),
    ] {
        tspd["metadata"]["htmlPageBase64"] = tail.into();
        verdict(&tspd, fine);
        verdict(&with(&body, json!({"body": format!("{long}{tail}")})), fine);
    }
}

#[test]
fn a_picture_task_has_a_picture() {
    for id in
        ["complex_image_recaptcha", "complex_image_hcaptcha", "complex_image_funcaptcha", "complex_image_recognition"]
    {
        let mut task = example(id);
        for name in ["imageUrls", "imagesBase64"] {
            task.as_object_mut().unwrap().remove(name);
        }
        verdict(&task, false);
        for pictures in
            [json!({"imageUrls": []}), json!({"imagesBase64": []}), json!({"imageUrls": [], "imagesBase64": []})]
        {
            verdict(&with(&task, pictures), false);
        }
        verdict(&with(&task, json!({"imageUrls": ["https://a.example/1.png"]})), true);
    }
}

#[test]
fn the_usual_values_of_an_absent_proxy_are_no_proxy() {
    for id in ["recaptcha_v2", "turnstile", "geetest_v4", "altcha"] {
        let plain = example(id);
        for none in [json!({"proxyType": "http", "proxyPort": 0}), json!({"proxyPort": 0})] {
            let task = with(&plain, none);
            verdict(&task, true);
            let found = check(&task);
            assert_eq!(pointers(&found.warnings), ["/proxyPort"], "{id}: {found:?}");
            assert!(found.warnings[0].problem.contains("means no proxy"));
        }
        for some in [
            json!({"proxyType": "http"}),
            json!({"proxyType": "socks5", "proxyPort": 0}),
            json!({"proxyType": "http", "proxyPort": 80}),
            json!({"proxyType": "http", "proxyPort": 0, "proxyLogin": "a"}),
            json!({"proxyType": "http", "proxyPort": 0, "proxyAddress": "203.0.113.7", "proxyLogin": "a", "proxyPassword": "b"}),
        ] {
            verdict(&with(&plain, some), false);
        }
    }
    let mut datadome = example("datadome");
    for name in ["proxyAddress", "proxyLogin", "proxyPassword"] {
        datadome.as_object_mut().unwrap().remove(name);
    }
    verdict(&with(&datadome, json!({"proxyPort": 0})), false);
}

#[test]
fn forms_of_older_documentation_and_clients_pass() {
    let older = with(&example("amazon_challenge_and_captcha"), json!({"captchaScript": "any", "context": "any"}));
    verdict(&older, true);
    assert_eq!(pointers(&check(&older).warnings), ["/captchaScript"]);
    let mut castle = example("castle");
    for (count, fine, warned) in [(49, true, 0), (50, true, 1), (0, false, 0)] {
        castle["metadata"]["count"] = count.into();
        verdict(&castle, fine);
        let found = check(&castle);
        let here = found.warnings.iter().filter(|w| w.pointer == "/metadata/count");
        assert_eq!(here.filter(|w| w.problem.contains("uses 49 instead")).count(), warned, "{found:?}");
    }
    let altcha = example("altcha");
    verdict(&altcha, true);
    let mut keyless = altcha;
    keyless.as_object_mut().unwrap().remove("websiteKey");
    // make official-test: the official JavaScript client sends it like this.
    verdict(&keyless, true);
    for (id, member) in [
        ("funcaptcha", "funcaptchaApiJSSubdomain"),
        ("yidun", "yidunApiServerSubdomain"),
        ("geetest_v3", "geetestApiServerSubdomain"),
    ] {
        let plain = example(id);
        assert_eq!(check(&with(&plain, json!({member: "host.example"}))).warnings, vec![]);
        let found = check(&with(&plain, json!({member: "https://host.example"})));
        assert_eq!((found.problems.len(), pointers(&found.warnings)), (0, vec![format!("/{member}").as_str()]));
    }
}

#[test]
fn solutions_of_every_told_form_fit_their_schema() {
    for (id, solution, fine) in [
        ("hunt_xhd", json!({"data": {"token": "t"}}), true),
        ("hunt_widget", json!({"token": "t"}), true),
        ("hunt_meta_token", json!({"token": 7}), false),
        ("hunt_xhd", json!({"data": {}}), false),
        ("hunt_xhd", json!({}), false),
        ("funcaptcha", json!({"Token": "t"}), true),
        ("funcaptcha", json!({"token": "t"}), true),
        ("funcaptcha", json!({"TOKEN": "t"}), false),
        ("tspd", json!({"Domains": {"a.example": {"Cookies": {"a": "b"}}}}), true),
        ("tspd", json!({"Domains": {"a.example": {"cookies": {"a": "b"}}}}), true),
        ("tspd", json!({"Domains": {"a.example": {"Cookies": 7}}}), false),
        ("tspd", json!({"Domains": {"a.example": {}}}), false),
    ] {
        let judge = validator(&describe(&format!("task/{id}"))["solutionSchema"]);
        assert_eq!(judge.is_valid(&solution), fine, "{id}: {solution}");
    }
}

#[test]
fn types_and_values_by_the_name_of_the_challenge_are_understood() {
    for (kind, right) in [
        ("Turnstile", "TurnstileTask"),
        ("turnstile", "TurnstileTask"),
        ("RecaptchaV2", "RecaptchaV2Task"),
        ("RecaptchaV3", "RecaptchaV3TaskProxyless"),
        ("ImageToText", "ImageToTextTask"),
        ("FunCaptcha", "FunCaptchaTask"),
        ("GeeTest", "GeeTestTask"),
        ("HCaptcha", "HCaptchaTask"),
        ("Amazon", "AmazonTask"),
        ("Yidun", "YidunTask"),
        ("YidunProxyless", "YidunTask"),
    ] {
        let found = check(&json!({"type": kind}));
        assert_eq!(found.warnings[0].hint, format!("did you mean {right}?"), "{kind}");
    }
    let mut task = example("complex_image_recognition");
    for (name, right) in [("bls", "bls_3x3"), ("dli_ensemble", "dli"), ("baidoo", "baidu"), ("mathsum", "MathSum")] {
        task["metadata"]["Task"] = name.into();
        let found = check(&task);
        assert_eq!(found.warnings.len(), 1, "{name}: {found:?}");
        assert_eq!(found.warnings[0].hint, format!("did you mean {right}?"), "{name}");
    }
}

#[test]
fn all_forbidden_signs_are_named() {
    let found = check(&with(&example("tspd"), json!({"proxyLogin": "a|)%"})));
    assert_eq!(pointers(&found.problems), ["/proxyLogin"]);
    for sign in ["|", ")", "%"] {
        assert!(found.problems[0].problem.contains(sign), "{found:?}");
    }
    assert!(!found.problems[0].problem.contains(';'), "{found:?}");
}

#[test]
fn half_a_surrogate_pair_in_a_name_is_called_by_its_name() {
    let bad = r#""a\"\ud800b":1"#;
    let site = r#""type":"CustomTask","class":"altcha""#;
    for (request, code, at) in [
        (format!("{{\"task\":{{\"type\":\"X\"}},\n {bad}}}"), "CAPTASK_INVALID_REQUEST", ""),
        (format!("{{\"task\":{{\"type\":\"X\",{bad}}}}}"), "CAPTASK_INVALID_TASK", "/task"),
        (format!("{{\"task\":{{{site},\"metadata\":{{{bad}}}}}}}"), "CAPTASK_INVALID_TASK", "/task/metadata"),
        (r#"{"taskId":7,"options":{"a\"\ud800b":1}}"#.to_owned(), "CAPTASK_INVALID_REQUEST", "/options"),
    ] {
        let told = answer(&request);
        assert_eq!(told["errorCode"], code, "{told}");
        let [problem] = told["problems"].as_array().unwrap().as_slice() else { panic!("{told}") };
        assert_eq!(problem["pointer"], at);
        assert_eq!(problem["problem"], r#"the member name "a\"\ud800b" contains half of a surrogate pair"#);
        assert_eq!(problem["hint"], "write it as valid Unicode");
    }
    // What is no JSON for another reason stays that.
    for broken in [r#"{"a\ud800":1"#, r#"{"\ud800":1,}"#, "{\"a\n\":1}"] {
        assert_eq!(answer(broken)["errorCode"], "CAPTASK_INVALID_JSON", "{broken}");
    }
    let told = answer("\u{feff}{\"taskId\":7}");
    assert_eq!(told["errorCode"], "CAPTASK_INVALID_JSON");
    assert!(told["errorDescription"].as_str().unwrap().contains("byte order mark"), "{told}");
}

#[test]
fn an_unknown_class_is_the_same_under_either_spelling() {
    for name in ["class", "Class"] {
        let found = check(&json!({"type": "CustomTask", name: "castle"}));
        assert_eq!((found.problems.len(), pointers(&found.warnings)), (0, vec![format!("/{name}").as_str()]));
        assert_eq!(found.warnings[0].hint, "did you mean Castle?");
    }
}

#[test]
fn addresses_that_nobody_can_reach_are_refused() {
    let task = example("prosopo");
    for (url, fine) in [
        ("http://:80/", false),
        ("http://a:99999/", false),
        ("http://a:65536", false),
        ("http://a:65535", true),
        ("http://a:x/", false),
        ("http://a\u{0}b/", false),
        ("http://a/\u{0}", false),
        ("http://@/", false),
        ("http://me:word@a:80/x", true),
        ("http://[::1]:80/", true),
        ("http://[::1", false),
        ("http://[]/", false),
        ("http://a:/", true),
        ("https://ünder.example/ü?a=b:c@d#e", true),
    ] {
        verdict(&with(&task, json!({"websiteURL": url})), fine);
    }
    let task = with(&task, json!({"proxyType": "http", "proxyPort": 80}));
    for (address, fine) in [
        ("localhost.", false),
        ("foo.localhost", false),
        ("foo.LocalHost.", false),
        ("notlocalhost", true),
        ("localhost.example", true),
        ("a..b", false),
        ("-a", false),
        ("a.-b", false),
        ("a.b.", true),
        ("224.0.0.1", false),
        ("255.255.255.255", false),
        ("223.1.1.1", true),
        ("ff02::1", false),
        ("224.example", true),
    ] {
        verdict(&with(&task, json!({"proxyAddress": address})), fine);
    }
}

#[test]
fn a_problem_names_the_member_as_the_caller_wrote_it() {
    let mut task = example("imperva");
    let metadata = task["metadata"].as_object_mut().unwrap();
    metadata.remove("incapsulaCookies");
    metadata.insert("incapsulaCookie".into(), json!(5));
    let found = check(&task);
    assert_eq!(found.problems[0].problem, "incapsulaCookie is a number; expected a string");
}

#[test]
fn names_of_files_and_values_stand_as_they_are_sent() {
    let tasks = describe("tasks");
    for task in tasks["tasks"].as_array().unwrap() {
        let told = describe(&format!("task/{}", task["id"].as_str().unwrap())).to_string();
        assert!(!told.contains(".JavaScript"), "{}", task["id"]);
    }
    let methods = describe("methods").to_string();
    assert!(
        methods.contains("\"processing or ready\"") && methods.contains("\"success if the report is accepted"),
        "{methods}"
    );
}
