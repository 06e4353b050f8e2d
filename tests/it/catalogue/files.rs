//! Catalogue files: what is taken, what is refused and where, and who goes by them.

use super::{describe, faults, validator};
use captask::instance::Client;
use captask::protocol::catalog::{self, Edition};
use captask::sandbox::Sandbox;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A file that is gone when this is.
struct File(PathBuf);

impl File {
    fn new(text: &str) -> File {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("catalogue-{}-{}.json", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&path, text).expect("the file can be written");
        File(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a path of the tests is UTF-8")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn with(tasks: Value) -> Value {
    json!({"format": 1, "asOf": "2026-12-01", "about": "our own tests", "tasks": tasks})
}

/// A whole entry that is right.
fn entry() -> Value {
    json!({
        "id": "next_month", "type": "NextMonthTask", "about": "A type of next month", "status": "current",
        "members": [
            {"name": "websiteURL", "type": "string", "required": true, "format": "url"},
            {"name": "strength", "type": "integer", "min": 1, "max": 3},
        ],
        "proxy": "none", "userAgent": "none", "cookies": "none", "report": "image",
        "solution": [{"name": "data.token", "type": "string"}],
        "exampleRequest": {"type": "NextMonthTask", "websiteURL": "https://example.com/", "strength": 2},
        "exampleSolution": {"data": {"token": "TOKEN"}},
        "timing": {"firstMs": 500, "intervalMs": 4000, "timeoutMs": 60000},
    })
}

fn checked(text: &str) -> Value {
    let file = File::new(text);
    serde_json::from_str(&catalog::check_file(&file.0)).expect("an answer is JSON")
}

#[test]
fn a_file_adds_entries_and_changes_others() {
    let tasks = json!([entry(), {"id": "datadome", "timing": {"timeoutMs": 240_000}}]);
    let file = File::new(&with(tasks).to_string());
    let answer: Value = serde_json::from_str(&catalog::check_file(&file.0)).unwrap();
    assert_eq!(answer, json!({"errorId": 0, "added": ["next_month"], "changed": ["datadome"]}));

    let edition = Edition::with_file(&file.0).unwrap();
    let task = json!({"type": "NextMonthTask", "websiteURL": "https://a.example", "strength": 4}).to_string();
    let found = edition.check_task(&task);
    assert_eq!((found.variant, found.problems.len()), (Some("next_month"), 1));
    assert_eq!(catalog::check_task(&task).variant, None, "the process does not go by it");
    let times = edition.timing(&task);
    assert_eq!((times.first_ms, times.interval_ms, times.timeout_ms), (500, 4000, 60_000));
    assert_eq!(edition.sample_solution(&task), r#"{"data":{"token":"sandbox-token"}}"#);
    assert_eq!(edition.report_method("NextMonthTask"), "reportIncorrectImageCaptcha");

    let dome = describe("task/datadome")["exampleRequest"].to_string();
    let (new, old) = (edition.timing(&dome), catalog::timing(&dome));
    assert_eq!((new.first_ms, new.interval_ms, new.timeout_ms), (old.first_ms, old.interval_ms, 240_000));
    assert_eq!(edition.check_task(&dome), catalog::check_task(&dome));
}

#[test]
fn members_are_merged_by_name_and_replace_leaves_nothing() {
    let task = json!({"type": "CustomTask", "class": "TenDI", "websiteURL": "https://a.example", "websiteKey": "k",
        "metadata": {"region": "mars"}});
    assert_eq!(catalog::check_task(&task.to_string()).warnings.len(), 1);
    let member = json!({"name": "metadata.region", "type": "string", "enum": ["cn", "sgp"]});
    let file = File::new(&with(json!([{"id": "tendi", "members": [member]}])).to_string());
    let found = Edition::with_file(&file.0).unwrap().check_task(&task.to_string()).problems;
    assert_eq!(found.iter().map(|p| p.pointer.as_str()).collect::<Vec<_>>(), ["/metadata/region"]);

    let mut whole = entry();
    whole["id"] = "binance".into();
    whole["type"] = "BinanceTask".into();
    whole["exampleRequest"]["type"] = "BinanceTask".into();
    whole["replace"] = true.into();
    let file = File::new(&with(json!([whole])).to_string());
    let edition = Edition::with_file(&file.0).unwrap();
    let found = edition.check_task(r#"{"type":"BinanceTask","websiteURL":"https://a.example"}"#);
    assert_eq!((found.variant, found.problems.len(), found.warnings.len()), (Some("binance"), 0, 0));
}

#[test]
fn what_is_wrong_is_refused_with_its_pointer() {
    let of = |change: &dyn Fn(&mut Value)| {
        let mut own = entry();
        change(&mut own);
        with(json!([{"id": "temu", "notes": []}, own])).to_string()
    };
    let top = |name: &str, value: Value| {
        let mut file = with(json!([]));
        file[name] = value;
        file.to_string()
    };
    let cases: Vec<(String, &str, &str)> = vec![
        ("[]".into(), "", "expected a JSON object"),
        ("{".into(), "", "not JSON"),
        ("{}".into(), "", "format is missing"),
        (top("format", json!(2)), "/format", "this version reads 1"),
        (top("asOf", json!("yesterday")), "/asOf", "a day or a month"),
        (top("endpoint", json!("https://elsewhere.example")), "/endpoint", "endpoint is not a known member"),
        (top("tasks", json!({})), "/tasks", "must not be"),
        (top("tasks", json!([7])), "/tasks/0", "expected a JSON object"),
        (top("tasks", json!([{"about": "x"}])), "/tasks/0/id", "id is missing or wrong"),
        (top("tasks", json!([{"id": "new one"}])), "/tasks/0/id", "id is missing or wrong"),
        (top("tasks", json!([{"id": "temu"}, {"id": "temu"}])), "/tasks/1/id", "another entry has the id"),
        (top("tasks", json!([{"id": "nobody", "notes": []}])), "/tasks/0", "is missing"),
        (top("sources", json!({"docs": {"name": "mine", "seen": "2026-12"}})), "/sources/docs", "is built in"),
        (top("sources", json!({"mine": {"name": "mine", "seen": "soon"}})), "/sources/mine", "a day or a month"),
        (top("sources", json!({"mine": {"nme": "mine", "seen": "2026-12"}})), "/sources/mine", "name is missing"),
        (of(&|own| own["host"] = "https://x.example".into()), "/tasks/1/host", "host is not a known member"),
        (of(&|own| own["status"] = "new".into()), "/tasks/1/status", "expected one of current, deprecated, removed"),
        (of(&|own| own["members"][1]["type"] = "int".into()), "/tasks/1/members/1/type", "unknown JSON type int"),
        (of(&|own| own["members"][1]["mx"] = 3.into()), "/tasks/1/members/1/mx", "mx is not a known member"),
        (of(&|own| own["members"] = json!("none")), "/tasks/1/members", "expected an array"),
        (of(&|own| own["members"][1]["name"] = "a.b".into()), "/tasks/1/members", "not listed before it"),
        (of(&|own| own["members"][1]["source"] = "them".into()), "/tasks/1/members", "is not defined"),
        (
            of(&|own| own["members"][0]["requiredWhen"] = json!([{"x": 7}])),
            "/tasks/1/members/0/requiredWhen/0/x",
            "no value",
        ),
        (of(&|own| own["solution"][0] = json!(7)), "/tasks/1/solution/0", "expected a JSON object"),
        (of(&|own| own["timing"]["intervalMs"] = 1999.into()), "/tasks/1/timing/intervalMs", "at least 2000"),
        (of(&|own| own["timing"]["intervalMs"] = "4 s".into()), "/tasks/1/timing/intervalMs", "must not be"),
        (of(&|own| own["timing"]["timeoutMs"] = 485_000.into()), "/tasks/1/timing/timeoutMs", "allows 120"),
        (of(&|own| own["timing"]["firstMs"] = 60_001.into()), "/tasks/1/timing/firstMs", "at most timeoutMs"),
        (
            of(&|own| own["timing"]["maxPolls"] = 500.into()),
            "/tasks/1/timing/maxPolls",
            "maxPolls is not a known member",
        ),
        (of(&|own| own["timing"] = json!(7)), "/tasks/1/timing", "expected a JSON object"),
        (
            of(&|own| own["aliases"] = json!(["TurnstileTask"])),
            "/tasks/1/aliases",
            "is also a name of the type TurnstileTask",
        ),
        (of(&|own| own["variantOf"] = "nobody".into()), "/tasks/1/variantOf", "which does not exist"),
        (of(&|own| own["exampleRequest"]["strength"] = 4.into()), "/tasks/1/exampleRequest", "/strength"),
        (of(&|own| own["exampleSolution"] = json!({})), "/tasks/1/exampleSolution", "lacks data.token"),
        (of(&|own| own["replace"] = 1.into()), "/tasks/1/replace", "true or false"),
        (
            of(&|own| {
                own["type"] = "ProsopoTask".into();
                own["exampleRequest"]["type"] = "ProsopoTask".into();
            }),
            "/tasks/1/exampleRequest",
            "matches prosopo",
        ),
        (
            of(&|own| {
                own["type"] = "ProsopoTask".into();
                own["exampleRequest"]["type"] = "ProsopoTask".into();
                own["pick"] = json!([{"websiteURL": "present"}]);
            }),
            "/tasks/1/pick",
            "the example request of prosopo matches next_month",
        ),
        (
            top("tasks", json!([{"id": "image_to_text", "timing": {"intervalMs": 199}}])),
            "/tasks/0/timing/intervalMs",
            "at least 200",
        ),
    ];
    for (text, pointer, what) in &cases {
        let answer = checked(text);
        assert_eq!(answer["errorCode"], "CAPTASK_INVALID_CONFIG", "{text}: {answer}");
        let problems = answer["problems"].as_array().unwrap();
        let fits = |one: &Value| one["pointer"] == *pointer && one["problem"].as_str().unwrap().contains(what);
        assert!(problems.iter().any(fits), "{pointer}, {what}: {answer}");
        assert_eq!(answer["pointer"], problems[0]["pointer"]);
    }
    assert_eq!(checked(&with(json!([entry()])).to_string())["errorId"], 0, "the entry itself is right");
}

#[test]
fn files_have_a_bound() {
    let wide = format!("{}{}", " ".repeat(1 << 20), with(json!([])));
    let answer = checked(&wide);
    assert!(answer["errorDescription"].as_str().unwrap().contains("larger than 1048576 bytes"), "{answer}");
    let many: Vec<Value> = (0..201).map(|n| json!({"id": format!("e{n}")})).collect();
    assert_eq!(checked(&with(json!(many)).to_string())["pointer"], "/tasks");
    let mut own = entry();
    own["members"] = (0..201).map(|n| json!({"name": format!("m{n}"), "type": "string"})).collect();
    assert_eq!(checked(&with(json!([own])).to_string())["pointer"], "/tasks/0/members");
    let missing = catalog::check_file("/nowhere/catalogue.json".as_ref());
    assert!(missing.contains("CAPTASK_INVALID_CONFIG"), "{missing}");
    #[cfg(unix)]
    assert!(catalog::check_file("/dev/zero".as_ref()).contains("it is not a file"));
}

#[test]
fn the_schema_takes_what_the_reader_takes() {
    let schema = describe("catalogue")["schema"].clone();
    let judge = validator(&schema);
    let mut files: Vec<Value> = schema["examples"].as_array().unwrap().clone();
    files.push(with(json!([entry(), {"id": "datadome", "timing": {"timeoutMs": 240_000}}])));
    // Every entry that is built in, as a file would have it.
    let data: Value = serde_json::from_str(include_str!("../../../src/protocol/catalog/data/tasks.json")).unwrap();
    for task in data["tasks"].as_array().unwrap() {
        let mut own = task.clone();
        own["replace"] = true.into();
        // These come from the samples of the built-in file.
        files.push(with(json!([own])));
    }
    for file in &files {
        assert_eq!(faults(&judge, file), Vec::<String>::new(), "{file}");
        let answer = checked(&file.to_string());
        assert_eq!(answer["errorId"], 0, "{file}: {answer}");
    }
    for (wrong, at) in [
        (json!({"format": 2, "asOf": "2026-12-01"}), "/format"),
        (json!({"format": 1, "asOf": "2026-12-01", "endpoint": "https://x"}), ""),
        (with(json!([{"id": "temu", "host": "x"}])), "/tasks/0"),
        (with(json!([{"id": "temu", "timing": {"maxPolls": 200}}])), "/tasks/0/timing"),
        (with(json!([{"id": "temu", "members": [{"name": "x", "type": "text"}]}])), "/tasks/0/members/0/type"),
    ] {
        let told = faults(&judge, &wrong);
        assert!(told.iter().any(|fault| fault.starts_with(&format!("{at}:"))), "{at}: {told:?}");
        assert_eq!(checked(&wrong.to_string())["errorCode"], "CAPTASK_INVALID_CONFIG");
    }
}

#[test]
fn a_client_and_its_sandbox_go_by_the_key() {
    let file = File::new(&with(json!([entry()])).to_string());
    let config = json!({"endpoint": "sandbox:", "validate": "strict", "catalogue": file.path()}).to_string();
    let client = Client::open(Some(&config)).unwrap();
    let solve = |task: Value| {
        let request = json!({"task": task, "options": {"firstPollMs": 0, "pollIntervalMs": 50}}).to_string();
        let answer = match client.engine().submit(&request) {
            Ok(ticket) => match client.engine().wait(ticket, None) {
                captask::client::Waited::Answer(delivery) => delivery.text,
                captask::client::Waited::NotYet => panic!("a wait without an end ended"),
            },
            Err(failure) => failure.to_json(),
        };
        serde_json::from_str::<Value>(&answer).unwrap()
    };
    let right = solve(json!({"type": "NextMonthTask", "websiteURL": "https://a.example", "strength": 3}));
    assert_eq!(right["solution"], json!({"data": {"token": "sandbox-token"}}), "{right}");
    let wrong = solve(json!({"type": "NextMonthTask", "websiteURL": "https://a.example", "strength": 9}));
    assert_eq!(wrong["problems"][0]["pointer"], "/task/strength", "{wrong}");
    client.close();

    let sandbox = Sandbox::open(Some(&json!({"catalogue": file.path()}).to_string())).unwrap();
    let plain = Client::open(Some(
        &json!({"endpoint": sandbox.url(), "clientKey": "k", "userAgentEndpoint": sandbox.url()}).to_string(),
    ))
    .unwrap();
    let body = json!({"task": {"type": "NextMonthTask", "websiteURL": "https://a.example", "strength": 9}}).to_string();
    assert!(plain.call("createTask", &body).contains("strength"), "the sandbox checks by its file");
    plain.close();
    sandbox.close();

    let bad = File::new(&with(json!([{"id": "temu", "timing": {"intervalMs": 1}}])).to_string());
    for open in [
        Client::open(Some(&json!({"endpoint": "sandbox:", "catalogue": bad.path()}).to_string())).err(),
        Sandbox::open(Some(&json!({"catalogue": bad.path()}).to_string())).err(),
    ] {
        let told = open.expect("a wrong file is refused").to_json();
        assert!(told.contains("CAPTASK_INVALID_CONFIG") && told.contains("/tasks/0/timing/intervalMs"), "{told}");
    }
}

/// Runs the command with CAPTASK_CATALOGUE.
fn captask(arguments: &[&str], catalogue: &str) -> Value {
    let run = Command::new(env!("CARGO_BIN_EXE_captask"))
        .args(arguments)
        .env("CAPTASK_CATALOGUE", catalogue)
        .output()
        .expect("the command runs");
    serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"))
}

#[test]
fn a_process_goes_by_the_variable() {
    let file = File::new(&with(json!([entry()])).to_string());
    let told = captask(&["describe", "task/next_month"], file.path());
    assert_eq!((&told["errorId"], &told["asOf"]), (&json!(0), &json!("2026-12-01")), "{told}");
    assert_eq!(told["sources"], json!([{"name": "our own tests", "seen": "2026-12-01"}]));
    assert_eq!((&told["timing"]["source"], &told["timing"]["asOf"]), (&json!("our own tests"), &json!("2026-12-01")));
    assert_eq!(told["members"][0]["source"], "our own tests");
    let request = File::new(&json!({"task": {"type": "NextMonthTask"}}).to_string());
    let told = captask(&["check", request.path()], file.path());
    assert_eq!(told["variant"], "next_month", "{told}");
    let told = captask(&["check", request.path()], "");
    assert_eq!((&told["errorId"], &told["variant"]), (&json!(0), &Value::Null), "an empty variable is none: {told}");

    let bad = File::new("{");
    for arguments in [["check", request.path()], ["describe", "task/datadome"], ["balance", "--endpoint=sandbox:"]] {
        assert_eq!(captask(&arguments, bad.path())["errorCode"], "CAPTASK_INVALID_CONFIG", "{arguments:?}");
    }
    for topic in ["config", "catalogue", "error/CAPTASK_INVALID_CONFIG"] {
        assert_eq!(captask(&["describe", topic], bad.path())["errorId"], 0, "{topic} tells how to mend it");
    }
    // The key wins.
    let config = File::new(&json!({"endpoint": "sandbox:", "catalogue": file.path()}).to_string());
    assert_eq!(captask(&["balance", "--config", config.path()], bad.path())["errorId"], 0);
}

#[test]
fn the_command_checks_files() {
    let run = |text: &str| {
        let file = File::new(text);
        let run =
            Command::new(env!("CARGO_BIN_EXE_captask")).args(["catalogue", "check", file.path()]).output().unwrap();
        (run.status.code(), String::from_utf8(run.stdout).unwrap())
    };
    let (code, told) = run(&with(json!([entry()])).to_string());
    assert_eq!((code, told.contains("next_month")), (Some(0), true), "{told}");
    let (code, told) = run("{}");
    assert_eq!((code, told.contains("format is missing")), (Some(2), true), "{told}");
}
