//! What newer documentation and newer official clients changed about the catalogue and its checks.

use super::describe;
use captask::protocol::catalog::{self, Problem, TaskCheck, Timing};
use serde_json::{Value, json};

fn example(id: &str) -> Value {
    describe(&format!("task/{id}"))["exampleRequest"].clone()
}

fn check(task: &Value) -> TaskCheck<'static> {
    catalog::check_task(&task.to_string())
}

fn at(found: &[Problem]) -> Vec<&str> {
    found.iter().map(|problem| problem.pointer.as_str()).collect()
}

/// A task that is fine without a word.
fn silent(task: &Value, variant: &str) {
    let found = check(task);
    assert_eq!(found.variant, Some(variant), "{task}");
    assert!(found.problems.is_empty() && found.warnings.is_empty(), "{task}: {found:?}");
}

#[test]
fn funcaptcha_needs_a_proxy_of_the_callers() {
    silent(&example("funcaptcha"), "funcaptcha");
    for kind in ["FunCaptchaTask", "FunCaptchaTaskProxyless"] {
        let bare = json!({"type": kind, "websiteURL": "https://a.example", "websitePublicKey": "k"});
        assert_eq!(at(&check(&bare).problems), ["/proxyType", "/proxyAddress", "/proxyPort"], "{kind}");
    }
    let mut open = example("funcaptcha");
    for name in ["proxyLogin", "proxyPassword"] {
        open.as_object_mut().unwrap().remove(name);
    }
    let found = check(&open);
    assert_eq!((at(&found.problems), at(&found.warnings)), (vec![], vec!["/proxyLogin"]));
}

#[test]
fn tendi_takes_the_encrypted_aid() {
    let mut task = example("tendi");
    task["metadata"]["aidEncrypted"] = "AID".into();
    silent(&task, "tendi");
    task["metadata"]["aidEncrypted"] = 7.into();
    assert_eq!(at(&check(&task).problems), ["/metadata/aidEncrypted"]);
}

#[test]
fn tasks_are_waited_for_as_long_as_the_official_clients_wait() {
    let times = |first_ms, interval_ms, timeout_ms| Timing { first_ms, interval_ms, timeout_ms };
    for (id, wanted) in [
        ("datadome", times(1000, 3000, 180_000)),
        ("hunt_xhd", times(1000, 3000, 180_000)),
        ("hunt_meta_token", times(1000, 3000, 180_000)),
        ("hunt_widget", times(1000, 3000, 180_000)),
        ("friendly", times(1000, 3000, 180_000)),
        ("alibaba", times(1000, 3000, 120_000)),
        ("alibaba_punish", times(1000, 3000, 120_000)),
        ("imperva", times(1000, 1000, 15_000)),
        ("tspd", times(1000, 1000, 60_000)),
        ("castle", times(1000, 1000, 60_000)),
        ("altcha", times(1000, 1000, 50_000)),
        ("mtcaptcha", times(1000, 3000, 180_000)),
    ] {
        let mut task = example(id);
        assert_eq!(catalog::timing(&task.to_string()), wanted, "{id}");
        let told = describe(&format!("task/{id}"))["timing"].clone();
        assert!(!told["source"].as_str().unwrap().is_empty() && told["asOf"].as_str().unwrap() >= "2026-11", "{told}");
        if told.get("firstNocacheMs").is_none() {
            task["nocache"] = true.into();
            assert_eq!(catalog::timing(&task.to_string()), wanted, "{id} with nocache");
        }
    }
}

#[test]
fn what_is_recommended_is_no_problem() {
    let mut yidun = example("yidun_enterprise");
    yidun.as_object_mut().unwrap().remove("yidunGetLib");
    let found = check(&yidun);
    assert_eq!((found.variant, at(&found.problems)), (Some("yidun_enterprise"), vec![]));
    let [one] = found.warnings.as_slice() else { panic!("{found:?}") };
    assert_eq!(one.pointer, "/yidunGetLib");
    assert!(one.problem.contains("recommended because challenge is present"), "{one:?}");
    yidun["yidunGetLib"] = "load.min.js".into();
    assert_eq!(at(&check(&yidun).problems), ["/yidunGetLib"], "what is there has to be right");

    let mut dome = example("datadome");
    for (version, problems, warnings) in [("new", 0, 0), ("old", 0, 1), ("nwe", 0, 1)] {
        dome["metadata"]["datadomeVersion"] = version.into();
        let found = check(&dome);
        assert_eq!((found.problems.len(), found.warnings.len()), (problems, warnings), "{version}: {found:?}");
    }
    dome["metadata"]["datadomeVersion"] = 1.into();
    assert_eq!(at(&check(&dome).problems), ["/metadata/datadomeVersion"]);
    let member = |id: &str, name: &str| {
        let told = describe(&format!("task/{id}"));
        told["members"].as_array().unwrap().iter().find(|m| m["name"] == name).unwrap().clone()
    };
    assert_eq!(member("datadome", "metadata.datadomeVersion")["known"], json!(["new"]));
    assert!(member("yidun_enterprise", "yidunGetLib")["recommendedWhen"].is_string());
}

#[test]
fn documented_members_are_taken_without_a_warning() {
    let mut punish = example("alibaba_punish");
    for (name, value) in [("sceneId", "s"), ("prefix", "p"), ("userId", "u"), ("region", "sgp"), ("verifyType", "1.0")]
    {
        punish["metadata"][name] = value.into();
    }
    silent(&punish, "alibaba_punish");
    let tasks = describe("tasks");
    let ids = tasks["tasks"].as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap());
    let modules = ids.filter(|id| id.starts_with("recognition_"));
    for id in modules.chain(["recaptcha_v3_enterprise", "amazon_challenge_only", "amazon_challenge_and_captcha"]) {
        let mut task = example(id);
        task["userAgent"] = "Mozilla/5.0".into();
        silent(&task, id);
    }
}

#[test]
fn a_region_that_is_misspelt_is_pointed_out() {
    let mut task = example("alibaba");
    for (region, warnings) in [("cn", 0), ("sgp", 0), ("us-west-1", 0), ("sgb", 1)] {
        task["metadata"]["region"] = region.into();
        assert_eq!(check(&task).warnings.len(), warnings, "{region}");
    }
}

#[test]
fn the_spellings_of_other_clients_are_checked_all_the_same() {
    for (id, spelled) in [("altcha", "Altcha"), ("hunt_widget", "hunt")] {
        let mut task = example(id);
        let class = task["class"].as_str().unwrap().to_owned();
        task["class"] = spelled.into();
        let found = check(&task);
        assert_eq!((found.variant, found.problems.len()), (Some(id), 0));
        let [one] = found.warnings.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.pointer.as_str(), one.hint.as_str()), ("/class", format!("did you mean {class}?").as_str()));
        assert_eq!(catalog::timing(&task.to_string()), catalog::timing(&example(id).to_string()), "{id}");
    }
}

#[test]
fn every_task_says_where_it_is_from_and_how_current_that_is() {
    let tasks = describe("tasks");
    for task in tasks["tasks"].as_array().unwrap() {
        let told = describe(&format!("task/{}", task["id"].as_str().unwrap()));
        let sources = told["sources"].as_array().unwrap();
        let newest = sources.iter().map(|source| source["seen"].as_str().unwrap()).max().unwrap();
        assert_eq!(told["asOf"], newest, "{told}");
        for member in told["members"].as_array().unwrap().iter().filter(|member| member.get("source").is_some()) {
            assert!(member["asOf"].is_string(), "{member}");
        }
        let words = [&told["chosenWhen"]].into_iter().filter_map(Value::as_str);
        assert!(
            words.clone().all(|text| !text.contains("4 or 4") && !text.contains("3 or 3")),
            "{:?}",
            told["chosenWhen"]
        );
    }
    assert_eq!(describe("task/geetest_v4")["chosenWhen"], "version is 4");
    for code in ["ERROR_ZERO_BALANCE", "Timeout"] {
        assert!(describe(&format!("error/{code}"))["asOf"].is_string(), "{code}");
    }
    assert_eq!(describe("methods")["asOf"], "2026-11-29");
}
