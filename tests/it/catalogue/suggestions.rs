//! What captask_check advises when a request is nearly right.

use super::describe;
use captask::protocol::catalog::{self, Problem, TaskCheck};
use serde_json::{Value, json};

pub fn example(id: &str) -> Value {
    describe(&format!("task/{id}"))["exampleRequest"].clone()
}

pub fn check(task: &Value) -> TaskCheck<'static> {
    catalog::check_task(&task.to_string())
}

pub fn with(task: &Value, more: Value) -> Value {
    let mut task = task.clone();
    task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    task
}

/// The one at a pointer.
pub fn at<'f>(found: &'f [Problem], pointer: &str) -> &'f Problem {
    let mut here = found.iter().filter(|p| p.pointer == pointer);
    let one = here.next().unwrap_or_else(|| panic!("nothing at {pointer}: {found:?}"));
    assert!(here.next().is_none(), "more than one at {pointer}: {found:?}");
    one
}

pub fn answer(request: &Value) -> Value {
    serde_json::from_str(&catalog::check(&request.to_string())).unwrap()
}

/// The warnings of an answer, as pointer and hint.
pub fn warnings(answer: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    answer["warnings"].as_array().unwrap().iter().map(|w| (text(&w["pointer"]), text(&w["hint"]))).collect()
}

#[test]
fn a_misspelt_member_that_chooses_the_variant_says_so() {
    for (id, right, wrong, makes) in [
        ("turnstile_challenge_token", "cloudflareTaskType", "cloudflareTasktype", "turnstile_challenge_token"),
        ("turnstile_wait_room", "cloudflareTaskType", "cloudflare_task_type", "turnstile_wait_room"),
        ("geetest_v4", "version", "verison", "geetest_v4"),
        ("amazon_challenge_only", "challengeScript", "challengescript", "amazon_challenge_only"),
        ("yidun_enterprise", "challenge", "chalenge", ""),
    ] {
        let mut task = example(id);
        let value = task.as_object_mut().unwrap().remove(right).unwrap();
        task[wrong] = value;
        let found = check(&task);
        let warning = at(&found.warnings, &format!("/{wrong}"));
        assert!(warning.hint.starts_with(&format!("did you mean {right}?")), "{id}: {warning:?}");
        assert_eq!(warning.problem.contains("; spelled "), !makes.is_empty(), "{id}: {warning:?}");
        assert!(makes.is_empty() || warning.problem.contains(makes), "{id}: {warning:?}");
    }
    for (id, right, wrong) in [
        ("hunt_widget", "widgetUrl", "widgetURL"),
        ("hunt_meta_token", "data", "Data"),
        ("recognition_bls_3x3", "Task", "task"),
        ("alibaba_punish", "punishUrl", "punish_url"),
    ] {
        let mut task = example(id);
        let value = task["metadata"].as_object_mut().unwrap().remove(right).unwrap();
        task["metadata"][wrong] = value;
        let found = check(&task);
        assert_ne!(found.variant, Some(id));
        let warning = at(&found.warnings, &format!("/metadata/{wrong}"));
        assert_eq!(warning.hint, format!("did you mean {right}?"), "{id}");
        assert!(warning.problem.contains(&format!("it makes this task {id}")), "{id}: {warning:?}");
    }
    let mut task = example("hunt_widget");
    let metadata = task.as_object_mut().unwrap().remove("metadata").unwrap();
    task["metaData"] = metadata;
    let found = check(&task);
    assert!(at(&found.problems, "/metadata").problem.contains("it makes this task hunt_widget"), "{found:?}");
}

#[test]
fn a_member_of_another_variant_is_placed() {
    let found = check(&with(&example("turnstile_cf_clearance"), json!({"pageData": "x", "apiJSURL": "x"})));
    assert_eq!(at(&found.warnings, "/pageData").hint, "it is a member of turnstile_challenge_token");
    assert_eq!(at(&found.warnings, "/apiJSURL").hint, "did you mean apiJsUrl? it is a member of turnstile");
    let found = check(&with(&example("datadome"), json!({"captchaUrl": "https://a.example"})));
    assert_eq!(at(&found.warnings, "/captchaUrl").hint, "did you mean metadata.captchaUrl?");
    let found = check(&with(&example("hunt_xhd"), json!({"widgetUrl": "https://a.example"})));
    assert_eq!(
        at(&found.warnings, "/widgetUrl").hint,
        "did you mean metadata.widgetUrl? it is a member of hunt_widget"
    );
    let mut task = example("datadome");
    task["metadata"]["userAgent"] = "x".into();
    assert_eq!(at(&check(&task).warnings, "/metadata/userAgent").hint, "did you mean userAgent, outside metadata?");
    let found = check(&with(&example("recaptcha_v3"), json!({"proxytype": "http", "proxy": "a:1", "proxyHost": "h"})));
    for name in ["/proxytype", "/proxy", "/proxyHost"] {
        assert_eq!(at(&found.warnings, name).hint, "this task has no proxy members");
    }
}

#[test]
fn a_misnamed_type_or_class_is_a_problem_and_the_task_is_checked_all_the_same() {
    let missing = |member: &str, wrong: &str, task: &Value, variant: &str, problems: usize| {
        let found = check(task);
        assert_eq!((found.variant, found.problems.len()), (Some(variant), problems), "{found:?}");
        let problem = at(&found.problems, &format!("/{member}"));
        assert_eq!(problem.hint, format!("is {wrong} meant to be {member}?"));
        assert_eq!(at(&found.warnings, &format!("/{wrong}")).hint, format!("did you mean {member}?"));
    };
    missing("class", "Class", &json!({"type": "CustomTask", "Class": "DataDome"}), "datadome", 6);
    for (member, wrong) in
        [("class", "CLASS"), ("class", "Class"), ("class", "clas"), ("type", "Type"), ("type", "tpye")]
    {
        let mut task = example("hunt_widget");
        let value = task.as_object_mut().unwrap().remove(member).unwrap();
        task[wrong] = value;
        missing(member, wrong, &task, "hunt_widget", 1);
    }
    // An empty name is no name.
    for (task, pointer) in [(json!({"type": ""}), "/type"), (json!({"type": "CustomTask", "class": ""}), "/class")] {
        let found = check(&task);
        assert!(at(&found.problems, pointer).problem.ends_with("is empty"), "{found:?}");
    }
    // Nothing is known of what is not there.
    for (task, pointer, hint) in [
        (json!({"Type": "X"}), "/type", "is Type meant to be type?"),
        (json!({"type": "CustomTask", "CLASS": "X"}), "/class", "is CLASS meant to be class?"),
    ] {
        let found = check(&task);
        assert_eq!((found.variant, at(&found.problems, pointer).hint.as_str()), (None, hint));
    }
    // Castle is documented with both; they must not contradict each other.
    let found = check(&with(&example("castle"), json!({"Class": "HUNT"})));
    assert_eq!((found.variant, found.problems.len()), (Some("castle"), 1));
    assert!(at(&found.problems, "/Class").problem.contains("Castle"));
}

#[test]
fn odd_names_are_shown_in_quotes() {
    let found = check(&with(&example("prosopo"), json!({" websiteKey": 1, "": 2, "a\nb": 3})));
    let told: Vec<&str> = found.warnings.iter().map(|w| w.problem.rsplit_once("member ").unwrap().1).collect();
    assert_eq!(told, ["\"\"", "\" websiteKey\"", "\"a\\nb\""]);
    assert_eq!(at(&found.warnings, "/ websiteKey").hint, "did you mean websiteKey?");
}

#[test]
fn names_from_other_services_are_understood() {
    for (id, right, names) in [
        ("funcaptcha", "websitePublicKey", "websiteKey sitekey publicKey publickey public_key pk"),
        ("funcaptcha", "websiteURL", "url pageurl pageURL page_url siteurl"),
        ("funcaptcha", "funcaptchaApiJSSubdomain", "surl"),
        ("recaptcha_v2", "websiteKey", "sitekey siteKey googlekey googleKey websitePublicKey"),
        ("recaptcha_v2", "isInvisible", "invisible"),
        ("recaptcha_v2", "recaptchaDataSValue", "data-s datas"),
        ("recaptcha_v2", "proxyAddress", "proxyHost proxyIp"),
        ("recaptcha_v2", "proxyLogin", "proxyUser proxyUsername"),
        ("recaptcha_v2", "proxyPassword", "proxyPass"),
        ("recaptcha_v3", "minScore", "min_score score"),
        ("recaptcha_v3", "pageAction", "action"),
        ("recaptcha_v3", "isEnterprise", "enterprise"),
        ("geetest_v3", "gt", "websiteKey sitekey"),
        ("geetest_v4", "gt", "captchaId captcha_id"),
        ("geetest_v3", "geetestApiServerSubdomain", "api_server apiServer"),
        ("turnstile_challenge_token", "data", "cdata cData"),
        ("turnstile_challenge_token", "pageData", "chlPageData pagedata"),
        ("image_to_text", "body", "image base64 imageBase64"),
        ("image_to_text", "numeric", "onlyDigits"),
        ("image_to_text", "case", "caseSensitive regsense"),
        ("image_to_text", "capMonsterModule", "module"),
        ("complex_image_recognition", "imagesBase64", "images body"),
        ("binance", "validateId", "securityId"),
        ("hcaptcha", "data", "rqdata"),
    ] {
        for name in names.split_whitespace() {
            let found = check(&with(&example(id), json!({name: "x"})));
            assert_eq!(at(&found.warnings, &format!("/{name}")).hint, format!("did you mean {right}?"), "{id}");
            let mut task = example(id);
            if task.as_object_mut().unwrap().remove(right).is_some() {
                let found = check(&with(&task, json!({name: "x"})));
                if let Some(problem) = found.problems.iter().find(|p| p.pointer == format!("/{right}")) {
                    assert_eq!(problem.hint, format!("is {name} meant to be {right}?"), "{id}");
                }
            }
        }
    }
    let found = check(&with(&example("funcaptcha"), json!({"proxy": "http://anna:word@203.0.113.7:80"})));
    assert_eq!(at(&found.warnings, "/proxy").hint, "write it as proxyType, proxyAddress and proxyPort");
}

#[test]
fn a_value_that_is_nearly_right_is_told_all_that_are() {
    let geetest = |version: Value| check(&with(&example("geetest_v3"), json!({"version": version})));
    for (version, hint) in [(json!(5), ""), (json!("v4"), "did you mean 4?"), (json!("v3"), "did you mean 3?")] {
        let found = geetest(version.clone());
        let problem = at(&found.problems, "/version");
        let wanted = format!("version is {version}; expected one of 3, \"3\", 4, \"4\"");
        assert_eq!((problem.problem.as_str(), problem.hint.as_str()), (wanted.as_str(), hint));
    }
    let found = check(&with(&example("image_to_text"), json!({"CapMonsterModule": "yandx", "numeric": 2})));
    assert_eq!(at(&found.warnings, "/CapMonsterModule").hint, "did you mean yandex?");
    assert_eq!(at(&found.problems, "/numeric").problem, "numeric is 2; expected one of 0, 1");
    // The service trains modules for single accounts: a name like no other is nobody's mistake.
    let found = check(&with(&example("image_to_text"), json!({"CapMonsterModule": "my_own_k3x9"})));
    assert_eq!(found.warnings, vec![]);
    let mut task = example("complex_image_recognition");
    task["metadata"]["Task"] = "bls3x3".into();
    assert_eq!(at(&check(&task).warnings, "/metadata/Task").hint, "did you mean bls_3x3?");
}

#[test]
fn a_value_of_the_wrong_json_type_is_told_how_to_write_it() {
    let told = |id: &str, name: &str, value: Value| {
        let mut task = example(id);
        let (parent, leaf) = name.split_once('.').unwrap_or(("", name));
        if parent.is_empty() {
            task[leaf] = value
        } else {
            task[parent][leaf] = value
        }
        let found = check(&task);
        let problem = at(&found.problems, &format!("/{}", name.replace('.', "/"))).clone();
        (problem.problem, problem.hint)
    };
    for (id, name, value, problem, hint) in [
        (
            "recaptcha_v2",
            "isInvisible",
            json!("true"),
            "is a string; expected true or false",
            "write it without quotes",
        ),
        ("recaptcha_v2", "isInvisible", json!(1), "is a number; expected true or false", "write true or false"),
        ("recaptcha_v2", "websiteKey", json!(7), "is a number; expected a string", "write it in quotes"),
        ("recaptcha_v2", "websiteKey", json!(null), "is null; expected a string", "give a string"),
        ("recaptcha_v2", "cookies", json!(null), "is null; expected a string", "omit the member if there is no value"),
        (
            "recaptcha_v2",
            "cookies",
            json!({"a": "b"}),
            "is an object; expected a string",
            "Cookies, written name1=value1; name2=value2",
        ),
        ("recaptcha_v3", "minScore", json!("0.7"), "is a string; expected a number", "write it without quotes"),
        ("image_to_text", "numeric", json!(true), "is a boolean; expected an integer", "give one of 0, 1"),
        ("image_to_text", "recognizingThreshold", json!(7.5), "is 7.5; expected an integer", "write a whole number"),
        ("image_to_text", "body", json!(["x"]), "is an array; expected a string", "write one value, without brackets"),
        (
            "recognition_dli",
            "imagesBase64",
            json!("x"),
            "is a string; expected an array of strings",
            "write it in brackets: [\"…\"]",
        ),
        (
            "datadome",
            "metadata",
            json!("{}"),
            "is a string; expected an object",
            "write the object, not a string with its text",
        ),
        ("datadome", "proxyPort", json!("8080"), "is a string; expected an integer", "write it without quotes"),
        (
            "complex_image_recaptcha",
            "metadata.Grid",
            json!(3),
            "is a number; expected a string",
            "give one of \"4x4\", \"3x3\", \"1x1\"",
        ),
    ] {
        let leaf = name.rsplit('.').next().unwrap();
        assert_eq!(told(id, name, value), (format!("{leaf} {problem}"), hint.to_owned()), "{id}");
    }
    let mut task = example("complex_image_recaptcha");
    task["imageUrls"] = json!(["https://a.example/1", 5, null, "x"]);
    let found = check(&task);
    assert_eq!(at(&found.problems, "/imageUrls/1").problem, "item 1 of imageUrls is a number; expected a string");
    assert_eq!(at(&found.problems, "/imageUrls/2").problem, "item 2 of imageUrls is null; expected a string");
    assert!(at(&found.problems, "/imageUrls/3").problem.starts_with("item 3 of imageUrls is not an absolute"));
}

#[test]
fn half_a_surrogate_pair_is_called_by_its_name() {
    let half = r#""\ud800""#;
    for (task, pointer) in [
        (format!(r#"{{"type":{half}}}"#), "/type"),
        (format!(r#"{{"type":"CustomTask","class":{half}}}"#), "/class"),
        (format!(r#"{{"type":"ProsopoTask","websiteURL":"https://a.example","websiteKey":{half}}}"#), "/websiteKey"),
        (
            format!(
                r#"{{"type":"ComplexImageTask","class":"recaptcha","imageUrls":[{half}],"metadata":{{"Grid":"3x3","Task":"t"}}}}"#
            ),
            "/imageUrls/0",
        ),
        (
            format!(
                r#"{{"type":"ComplexImageTask","class":"recaptcha","imageUrls":[],"metadata":{{"Grid":{half},"Task":"t"}}}}"#
            ),
            "/metadata/Grid",
        ),
    ] {
        let found = catalog::check_task(&task);
        let problem = at(&found.problems, pointer);
        assert!(problem.problem.contains("half of a surrogate pair"), "{task}: {problem:?}");
        assert!(!problem.problem.contains("expected"), "{task}: {problem:?}");
    }
    for request in [
        format!(r#"{{"task":{{"type":"T"}},"callbackUrl":{half}}}"#),
        format!(r#"{{"taskId":{half}}}"#),
        format!(r#"{{"taskId":1,"options":{{"validate":{half}}}}}"#),
    ] {
        let told: Value = serde_json::from_str(&catalog::check(&request)).unwrap();
        assert!(told["problems"][0]["problem"].as_str().unwrap().contains("half of a surrogate pair"), "{told}");
    }
}
