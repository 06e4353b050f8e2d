//! What captask_check says of tasks, one thing at a time.

use super::describe;
use captask::protocol::catalog::{self, Problem, TaskCheck};
use serde_json::{Value, json};

fn example(id: &str) -> Value {
    describe(&format!("task/{id}"))["exampleRequest"].clone()
}

fn check(task: &Value) -> TaskCheck<'static> {
    catalog::check_task(&task.to_string())
}

/// The only problem, as pointer and hint.
fn only(problems: &[Problem]) -> (&str, &str) {
    let [one] = problems else { panic!("{problems:?}") };
    (&one.pointer, &one.hint)
}

#[test]
fn a_misspelt_member_is_found_from_both_sides() {
    let found = check(&json!({"type": "RecaptchaV2Task", "websiteUrl": "https://a.example", "websiteKey": "k"}));
    assert_eq!(only(&found.problems), ("/websiteURL", "is websiteUrl meant to be websiteURL?"));
    assert_eq!(only(&found.warnings), ("/websiteUrl", "did you mean websiteURL?"));
    assert_eq!(found.variant, Some("recaptcha_v2"));
}

#[test]
fn everything_wrong_is_told_at_once() {
    let found = check(&json!({
        "type": "TurnstileTask", "cloudflareTaskType": "cf_clearance", "websiteURL": "a.example", "websiteKey": 7,
        "proxyType": "ftp", "proxyPort": 65536, "proxyLogin": "a%b", "userAgent": "",
    }));
    assert_eq!(found.variant, Some("turnstile_cf_clearance"));
    let mut at: Vec<&str> = found.problems.iter().map(|p| p.pointer.as_str()).collect();
    at.sort_unstable();
    let wanted = "/htmlPageBase64 /proxyAddress /proxyLogin /proxyPassword /proxyPort /proxyType /userAgent /websiteKey /websiteURL";
    assert_eq!(at.join(" "), wanted);
}

#[test]
fn unknown_types_and_classes_pass_with_a_warning() {
    let found = check(&json!({"type": "RecaptchaV2Tsk"}));
    assert_eq!((found.variant, found.problems.len()), (None, 0));
    assert_eq!(only(&found.warnings), ("/type", "did you mean RecaptchaV2Task?"));
    for (kind, near) in [
        ("RecaptchaV2TaskProxyless", "RecaptchaV2Task"),
        ("RecaptchaV3Task", "RecaptchaV3TaskProxyless"),
        ("recaptchav3enterprisetaskproxyless", "RecaptchaV3EnterpriseTask"),
        ("AmazonTaskProxyless", "AmazonTask"),
        ("turnstile_task", "TurnstileTask"),
    ] {
        assert_eq!(only(&check(&json!({"type": kind})).warnings).1, format!("did you mean {near}?"));
    }
    let mut v3 = example("recaptcha_v3");
    v3["proxyType"] = "http".into();
    assert_eq!(only(&check(&v3).warnings), ("/proxyType", "this task has no proxy members"));
    let found = check(&json!({"type": "CustomTask", "class": "Datadome"}));
    assert_eq!(only(&found.warnings), ("/class", "did you mean DataDome?"));
    for (task, at) in
        [(json!({"Type": "X"}), "/type"), (json!({"type": 7}), "/type"), (json!({"type": "CustomTask"}), "/class")]
    {
        assert_eq!(only(&check(&task).problems).0, at);
    }
    assert_eq!(only(&catalog::check_task("[]").problems).0, "");
    assert_eq!(only(&catalog::check_task("{").problems).0, "");
}

#[test]
fn every_documented_spelling_passes() {
    let image = example("image_to_text");
    for (module, case) in [("capMonsterModule", "case"), ("CapMonsterModule", "Case")] {
        let mut task = image.clone();
        task[module] = "yandex".into();
        task[case] = true.into();
        assert_eq!(check(&task), TaskCheck { variant: Some("image_to_text"), ..TaskCheck::default() });
    }
    let site = json!({"websiteURL": "https://a.example", "websiteKey": "k"});
    let of = |kind: &str, more: Value| {
        let mut task = site.clone();
        task["type"] = kind.into();
        task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        check(&task)
    };
    for (kind, variant, more) in [
        ("NoCaptchaTask", "recaptcha_v2", json!({})),
        ("NoCaptchaTaskProxyless", "recaptcha_v2", json!({})),
        ("RecaptchaV2EnterpriseTask", "recaptcha_v2_enterprise", json!({"enterprisePayload": {"s": "x"}})),
        ("RecaptchaV2EnterpriseTaskProxyless", "recaptcha_v2_enterprise", json!({"enterprisePayload": "x"})),
        ("RecaptchaV3TaskProxyless", "recaptcha_v3", json!({"isEnterprise": 1})),
        ("TurnstileTaskProxyless", "turnstile", json!({"PageAction": "a", "Data": "d"})),
        ("GeeTestTaskProxyless", "geetest_v4", json!({"version": "4", "gt": "g"})),
        ("GeeTestTask", "geetest_v3", json!({"version": "3", "gt": "g", "challenge": "c"})),
    ] {
        let found = of(kind, more);
        assert_eq!((found.variant, found.problems), (Some(variant), vec![]), "{kind}");
    }
    let mut imperva = example("imperva");
    let metadata = imperva["metadata"].as_object_mut().unwrap();
    let (script, cookies) =
        (metadata.remove("incapsulaScriptUrl").unwrap(), metadata.remove("incapsulaCookies").unwrap());
    metadata.insert("incapsulaScriptBase64".into(), script);
    metadata.insert("incapsulaSessionCookie".into(), cookies);
    assert_eq!(check(&imperva).problems, vec![]);
    let mut castle = example("castle");
    let class = castle.as_object_mut().unwrap().remove("class").unwrap();
    castle["Class"] = class;
    let found = check(&castle);
    assert_eq!((found.variant, found.problems), (Some("castle"), vec![]));
}

#[test]
fn two_spellings_of_one_member_are_pointed_out() {
    let mut task = example("image_to_text");
    task["case"] = true.into();
    task["Case"] = "yes".into();
    let found = check(&task);
    assert_eq!(found.problems.len(), 1, "{found:?}");
    assert!(found.warnings.iter().any(|w| w.problem.contains("two spellings")), "{found:?}");
}

#[test]
fn shapes_that_are_no_longer_documented_pass_with_a_warning() {
    for (id, at) in [("hcaptcha", "/type"), ("complex_image_hcaptcha", "/class"), ("temu", "/class")] {
        let found = check(&example(id));
        assert_eq!((found.variant, found.problems.len()), (Some(id), 0));
        assert_eq!(only(&found.warnings).0, at);
    }
}

#[test]
fn a_proxy_is_given_whole_or_not_at_all() {
    let plain = json!({"type": "RecaptchaV2Task", "websiteURL": "https://a.example", "websiteKey": "k"});
    let with = |more: Value| {
        let mut task = plain.clone();
        task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        check(&task)
    };
    let missing = |more: Value| with(more).problems.iter().map(|p| p.pointer.clone()).collect::<Vec<_>>();
    assert_eq!(missing(json!({"proxyLogin": "a"})), ["/proxyType", "/proxyAddress", "/proxyPort"]);
    assert_eq!(missing(json!({"proxyType": "http", "proxyPort": 80})), ["/proxyAddress"]);
    let whole = json!({"proxyType": "socks5", "proxyAddress": "203.0.113.7", "proxyPort": 1080});
    assert_eq!(with(whole.clone()), TaskCheck { variant: Some("recaptcha_v2"), ..TaskCheck::default() });
    let mut local = whole.clone();
    for address in ["127.0.0.1", "10.1.2.3", "localhost", "::1"] {
        local["proxyAddress"] = address.into();
        assert_eq!(only(&with(local.clone()).problems).0, "/proxyAddress", "{address}");
    }
    let mut named = whole.clone();
    named["type"] = "NoCaptchaTaskProxyless".into();
    assert_eq!(only(&with(named).warnings), ("/type", "write RecaptchaV2Task"));
    // No proxy of this type does without a login.
    let mut geetest = example("geetest_v4");
    geetest.as_object_mut().unwrap().extend(whole.as_object().unwrap().clone());
    assert_eq!(check(&geetest).problems.len(), 2);
    let mut tspd = example("tspd");
    tspd["proxyLogin"] = "a|b".into();
    assert_eq!(only(&check(&tspd).problems).0, "/proxyLogin");
    tspd["proxyLogin"] = "a".into();
    tspd["proxyPassword"] = "a|b".into();
    assert_eq!(check(&tspd).problems, vec![]);
    tspd["proxyPassword"] = "a%b".into();
    assert_eq!(only(&check(&tspd).problems).0, "/proxyPassword");
    let mut datadome = example("datadome");
    for name in ["proxyType", "proxyAddress", "proxyPort", "proxyLogin", "proxyPassword"] {
        datadome.as_object_mut().unwrap().remove(name);
    }
    assert_eq!(check(&datadome).problems.len(), 3);
}

#[test]
fn pictures_are_measured_as_they_decode() {
    let task = |body: &str| check(&json!({"type": "ImageToTextTask", "body": body}));
    let sized = |bytes: usize| {
        let mut text = "AAAA".repeat(bytes / 3);
        text.push_str(["", "AA==", "AAA="][bytes % 3]);
        task(&text)
    };
    for (bytes, problems, warnings) in
        [(99, 1, 0), (100, 0, 0), (50_000, 0, 0), (50_001, 0, 1), (51_200, 0, 1), (51_201, 1, 0)]
    {
        let found = sized(bytes);
        assert_eq!((found.problems.len(), found.warnings.len()), (problems, warnings), "{bytes}: {found:?}");
    }
    let good = "AAAA".repeat(40);
    assert!(task(&good).problems.is_empty());
    assert!(task(&format!("{good}AA")).problems.is_empty(), "padding may be left out");
    assert!(task(&format!("data:image/png;base64,{good}")).problems[0].hint.contains("comma"));
    assert!(task(&format!("{good}\n{good}")).problems[0].problem.contains("line breaks"));
    assert!(task(&format!("{good}_-")).problems[0].problem.contains("not base64"));
    let tiles = json!({"type": "ComplexImageTask", "class": "recaptcha", "imagesBase64": [good, "AAAA"], "metadata": {"Grid": "3x3", "Task": "t"}});
    assert_eq!(only(&check(&tiles).problems).0, "/imagesBase64/1");
}

#[test]
fn conditions_between_members_hold() {
    let mut task = example("image_to_text");
    task["math"] = true.into();
    task["CapMonsterModule"] = "captcha_math".into();
    assert_eq!(only(&check(&task).problems).0, "/math");
    task["CapMonsterModule"] = "my_own_module".into();
    let found = check(&task);
    assert_eq!((found.problems, found.warnings), (vec![], vec![]), "modules of one account have names of their own");

    let found = check(
        &json!({"type": "TurnstileTask", "websiteURL": "https://a.example", "websiteKey": "k", "cloudflareTaskType": "tokn"}),
    );
    assert_eq!(only(&found.problems), ("/cloudflareTaskType", "did you mean token?"));

    let mut hunt = example("hunt_meta_token");
    hunt["metadata"]["widgetUrl"] = "https://a.example/w".into();
    let found = check(&hunt);
    assert_eq!((only(&found.problems).0, found.warnings.len()), ("/metadata/widgetUrl", 0));

    let mut recaptcha = example("complex_image_recaptcha");
    recaptcha.as_object_mut().unwrap().remove("imageUrls");
    let at: Vec<_> = check(&recaptcha).problems.iter().map(|p| p.pointer.clone()).collect();
    assert_eq!(at, ["/imageUrls", "/imagesBase64"]);

    let mut datadome = example("datadome");
    let metadata = datadome["metadata"].as_object_mut().unwrap();
    metadata.remove("captchaUrl");
    metadata.insert("htmlPageBase64".into(), "PGh0bWw+".into());
    assert_eq!(check(&datadome).problems, vec![]);
}

#[test]
fn problems_of_a_task_are_pointed_at_from_the_request() {
    let answer: Value =
        serde_json::from_str(&catalog::check(r#"{"task":{"type":"ProsopoTask"},"callbackUrl":"me"}"#)).unwrap();
    assert_eq!(answer["errorCode"], "CAPTASK_INVALID_TASK");
    assert_eq!(answer["problems"][0]["pointer"], "/task/websiteURL");
    assert_eq!(answer["warnings"][0]["pointer"], "/callbackUrl");
    assert_eq!(answer["variant"], "prosopo");
    let answer: Value =
        serde_json::from_str(&catalog::check(r#"{"task":{"type":"ProsopoTask"},"options":{"maxpolls":1}}"#)).unwrap();
    assert_eq!(answer["errorCode"], "CAPTASK_INVALID_REQUEST");
    assert_eq!(answer["problems"].as_array().unwrap().len(), 3);
    assert_eq!(answer["problems"][0]["hint"], "did you mean maxPolls?");
    let answer: Value = serde_json::from_str(&catalog::check("{\"task\":\n{,}}")).unwrap();
    assert_eq!((answer["errorCode"].as_str(), answer["line"].as_u64()), (Some("CAPTASK_INVALID_JSON"), Some(2)));
    let answer: Value = serde_json::from_str(&catalog::check(r#"{"taskId":"8f"}"#)).unwrap();
    assert_eq!(answer, json!({"errorId": 0, "variant": null, "warnings": []}));
}

#[test]
fn hostile_texts_end_in_an_answer() {
    let deep = format!("{{\"type\":\"ProsopoTask\",\"websiteURL\":{}{}}}", "[".repeat(300_000), "]".repeat(300_000));
    assert_eq!(check_text(&deep).problems.len(), 2);
    let nested = format!(
        "{{\"type\":\"CustomTask\",\"class\":\"altcha\",\"metadata\":{}1{}}}",
        "{\"a\":".repeat(200_000),
        "}".repeat(200_000)
    );
    assert!(!check_text(&nested).problems.is_empty());
    let many: String = (0..50_000).map(|n| format!(",\"websiteURI{n}\":1")).collect();
    assert_eq!(check_text(&format!("{{\"type\":\"ProsopoTask\"{many}}}")).warnings.len(), 65, "64 and a count");
    let near = many.replace("websiteURI", "metadata_");
    let check =
        check_text(&format!("{{\"Type\":\"CustomTask\",\"CLASS\":\"HUNT\",\"metaData\":{{\"widgetURL\":1}}{near}}}"));
    assert_eq!((check.variant, check.warnings.len()), (Some("hunt_xhd"), 65));
    let twice = ",\"websiteURL\":7".repeat(50_000);
    let last = ",\"websiteURL\":\"https://a.example\",\"websiteKey\":\"k\"";
    assert_eq!(check_text(&format!("{{\"type\":\"ProsopoTask\"{twice}{last}}}")).problems, vec![]);
    let odd = r#"{"type":"ProsopoTask","websiteURL":"\ud800","websiteKey":"a\u0000b","a/b~c":1}"#;
    let found = check_text(odd);
    assert_eq!(only(&found.problems).0, "/websiteURL");
    assert_eq!(only(&found.warnings).0, "/a~1b~0c");
}

fn check_text(text: &str) -> TaskCheck<'static> {
    catalog::check_task(text)
}

#[test]
fn secrets_are_never_repeated() {
    for id in super::ids() {
        let told = describe(&format!("task/{id}"));
        for member in told["members"].as_array().unwrap().iter().filter_map(|m| m["name"].as_str()) {
            let secret =
                matches!(member.rsplit('.').next(), Some("proxyLogin" | "proxyPassword" | "cookies" | "cookie"))
                    || member.contains("Cookie");
            if !secret {
                continue;
            }
            for value in [
                json!(987_654_321),
                json!("98765%4321;|)"),
                json!(["987654321"]),
                json!({"a": 987_654_321}),
                json!(true),
            ] {
                let mut task = told["exampleRequest"].clone();
                match member.split_once('.') {
                    Some((parent, name)) => task[parent][name] = value,
                    None => task[member] = value,
                }
                let answer = catalog::check(&json!({"task": task}).to_string());
                assert!(!answer.contains("98765"), "{id}: {member}: {answer}");
            }
        }
    }
}

#[test]
fn reports_go_with_the_type() {
    for kind in ["ImageToTextTask", "ComplexImageTask"] {
        assert_eq!(catalog::report_method(kind), "reportIncorrectImageCaptcha");
    }
    for kind in ["NoCaptchaTask", "TurnstileTask", "NewTask", ""] {
        assert_eq!(catalog::report_method(kind), "reportIncorrectTokenCaptcha");
    }
}

#[test]
fn the_first_calls_may_come_from_many_threads_at_once() {
    let task = r#"{"type":"ProsopoTask","websiteURL":"https://a.example","websiteKey":"k"}"#;
    let threads: Vec<_> = (0..8).map(|_| std::thread::spawn(move || catalog::check_task(task))).collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap().variant, Some("prosopo"));
    }
}

/// Examples with bytes changed, cut out and doubled, always the same ones.
#[test]
fn garbled_texts_end_in_json_and_never_in_a_panic() {
    let signs = br#""{}[]:,0123456789eE.-\u00tfn %/;|)ABz"#;
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    for id in super::ids() {
        let request = json!({"task": example(&id), "options": {"timeoutMs": 5000}, "extra": [1]}).to_string();
        for _ in 0..40 {
            let mut bytes = request.clone().into_bytes();
            for _ in 0..=random(4) {
                let at = random(bytes.len());
                match random(3) {
                    0 => bytes[at] = signs[random(signs.len())],
                    1 => drop(bytes.drain(at..(at + random(12)).min(bytes.len()))),
                    _ => bytes.insert(at, signs[random(signs.len())]),
                }
            }
            let text = String::from_utf8_lossy(&bytes);
            let answer: Value = serde_json::from_str(&catalog::check(&text)).expect("the answer is JSON");
            assert!(answer["errorId"] == 0 || answer["errorCode"].is_string(), "{text}: {answer}");
            catalog::timing(&text);
            let task = captask::protocol::json::pick(&text, "/task").ok().flatten().map_or("", |raw| raw.get());
            let sample = catalog::sample_solution(task);
            assert!(
                serde_json::from_str::<Value>(&sample).expect("the sample is JSON").is_object(),
                "{task}: {sample}"
            );
        }
    }
}
