//! Every request shape by name: described, checked, and given a solution of the documented shape.

use super::{describe, faults, ids, validator};
use captask::protocol::catalog;
use serde_json::{Value, json};

#[test]
fn every_shape_is_described_checked_and_solvable() {
    let ids = ids();
    assert!(ids.len() >= 50, "{} shapes", ids.len());
    let mut wrong = Vec::new();
    for id in &ids {
        let before = wrong.len();
        one(id, &mut wrong);
        println!("{id}: {}", if wrong.len() == before { "ok" } else { "WRONG" });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn one(id: &str, wrong: &mut Vec<String>) {
    let told = describe(&format!("task/{id}"));
    let (request, solution) = (validator(&told["requestSchema"]), validator(&told["solutionSchema"]));
    let task = &told["exampleRequest"];
    wrong.extend(faults(&request, task).iter().map(|f| format!("{id}: example request against its schema: {f}")));
    let example = &told["exampleSolution"];
    wrong.extend(faults(&solution, example).iter().map(|f| format!("{id}: example solution against its schema: {f}")));

    let answer: Value = serde_json::from_str(&catalog::check(&json!({"task": task}).to_string())).unwrap();
    if answer["errorId"] != 0 || answer["variant"] != *id {
        wrong.push(format!("{id}: its example is checked as {answer}"));
    }
    // Only shapes that are no longer documented have anything to be warned of in an example.
    for warning in answer["warnings"].as_array().unwrap() {
        let text = warning["problem"].as_str().unwrap();
        let known = told["status"] != "current" && (text.contains("deprecated") || text.contains("removed"));
        if !known {
            wrong.push(format!("{id}: its example brings the warning {text}"));
        }
    }

    let sample = catalog::sample_solution(&task.to_string());
    let sample: Value = serde_json::from_str(&sample).unwrap();
    wrong.extend(faults(&solution, &sample).iter().map(|f| format!("{id}: sample against the solution's schema: {f}")));
    if sample.as_object().is_none_or(|members| members.is_empty()) {
        wrong.push(format!("{id}: the sample solution is empty"));
    }
    let mut texts = Vec::new();
    strings(&sample, &mut texts);
    let free = |text: &&String| !["Grid", "NumericArray", "Coordinate", "Text"].contains(&text.as_str());
    for text in texts.iter().filter(free).filter(|text| !text.starts_with("sandbox-")) {
        wrong.push(format!("{id}: the sample solution holds {text}, which is not plainly artificial"));
    }
    // A schema that any object passes would prove nothing.
    if solution.is_valid(&json!({})) && !id.starts_with("amazon") && !id.starts_with("alibaba") {
        wrong.push(format!("{id}: the solution's schema lets an empty object pass"));
    }

    let timing = catalog::timing(&task.to_string());
    let stated = &told["timing"];
    if stated["firstMs"] != timing.first_ms
        || stated["intervalMs"] != timing.interval_ms
        || stated["timeoutMs"] != timing.timeout_ms
    {
        wrong.push(format!("{id}: timing {timing:?} is not what is described: {stated}"));
    }
}

fn strings(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, into)),
        Value::Object(members) => members.values().for_each(|member| strings(member, into)),
        _ => {}
    }
}

#[test]
fn a_task_with_nocache_is_polled_later() {
    let task = r#"{"type":"NoCaptchaTask","websiteURL":"https://a.example","websiteKey":"k","nocache":true}"#;
    assert_eq!(catalog::timing(task).first_ms, 10_000);
    assert_eq!(catalog::timing(&task.replace("true", "false")).first_ms, 1000);
    let image = r#"{"type":"ImageToTextTask","nocache":true}"#;
    assert_eq!(catalog::timing(image).first_ms, 350);
    for odd in ["", "[]", "{}", "{\"type\":7}", "{\"type\":\"NewTask\"}"] {
        assert_eq!(catalog::timing(odd).timeout_ms, 180_000, "{odd}");
        assert!(catalog::sample_solution(odd).contains("sandbox-token"), "{odd}");
    }
}

#[test]
fn sample_solutions_follow_the_task() {
    let sample = |task: Value| serde_json::from_str::<Value>(&catalog::sample_solution(&task.to_string())).unwrap();
    let mut task = describe("task/amazon_captcha_key")["exampleRequest"].clone();
    assert_eq!(sample(task.clone())["cookies"]["aws-waf-token"], "sandbox-aws-waf-token");
    task["cookieSolution"] = false.into();
    let voucher = sample(task);
    assert_eq!(voucher["captcha_voucher"], "sandbox-captcha_voucher");
    assert!(voucher.get("cookies").is_none(), "{voucher}");

    let mut task = describe("task/complex_image_recaptcha")["exampleRequest"].clone();
    assert_eq!(sample(task.clone())["answer"].as_array().unwrap().len(), 9);
    task["metadata"]["Grid"] = "4x4".into();
    assert_eq!(sample(task)["answer"].as_array().unwrap().len(), 16);

    let task = describe("task/imperva")["exampleRequest"].clone();
    assert!(sample(task)["domains"]["https://example.com"]["cookies"].is_object());
}
