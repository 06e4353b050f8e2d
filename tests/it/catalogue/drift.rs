//! `captask catalogue diff`: an unchanged description prints nothing, and planted drift is found.

use super::spec::{Style, spec};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that is gone when this is.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("drift-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).expect("the folder can be made");
        Folder(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).expect("the file can be written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The exit code and what was printed.
fn diff(path: &Path) -> (i32, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_captask")).args(["catalogue", "diff"]).arg(path).output().unwrap();
    (run.status.code().unwrap_or(-1), String::from_utf8_lossy(&run.stdout).into_owned())
}

fn of(value: &Value) -> (i32, String) {
    let folder = Folder::new();
    diff(&folder.file("spec.json", &value.to_string()))
}

#[test]
fn an_unchanged_description_prints_nothing() {
    for style in Style::ALL {
        assert_eq!(of(&spec(style)), (0, String::new()), "{style:?}");
    }
}

#[test]
fn the_form_of_the_file_makes_no_difference() {
    let spec = spec(Style::Discriminated);
    let folder = Folder::new();
    let yaml = yaml(&spec, 0);
    for (name, text) in [
        ("spec.js", format!("// Made by a generator.\nwindow.options = {{}};\nwindow.swaggerSpec = {spec};\n")),
        ("module.js", format!("export default {spec}")),
        ("spec.yaml", format!("# a comment\n{yaml}")),
        ("spec.yml", yaml.clone()),
        ("spec", spec.to_string()),
        ("marked.json", format!("\u{feff}{spec}")),
        ("pretty.json", serde_json::to_string_pretty(&spec).unwrap()),
    ] {
        assert_eq!(diff(&folder.file(name, &text)), (0, String::new()), "{name}");
    }
}

/// A value as YAML, in block style.
fn yaml(value: &Value, depth: usize) -> String {
    let pad = "  ".repeat(depth);
    match value {
        Value::Object(map) if !map.is_empty() => map
            .iter()
            .map(|(name, value)| match value {
                Value::Object(inner) if !inner.is_empty() => {
                    format!("{pad}{}:\n{}", json!(name), yaml(value, depth + 1))
                }
                Value::Array(inner) if !inner.is_empty() => {
                    format!("{pad}{}:\n{}", json!(name), yaml(value, depth + 1))
                }
                plain => format!("{pad}{}: {plain}\n", json!(name)),
            })
            .collect(),
        Value::Array(list) if !list.is_empty() => list.iter().map(|one| format!("{pad}- {one}\n")).collect(),
        plain => format!("{pad}{plain}\n"),
    }
}

type Plant = (&'static str, fn(&mut Value));

/// The schema of a type, or of a class, in the style with one schema for each type and class.
fn schema<'v>(spec: &'v mut Value, name: &str) -> &'v mut Value {
    let schemas = spec.pointer_mut("/definitions").unwrap();
    &mut schemas[name]["allOf"][1]
}

const PLANTS: [Plant; 20] = [
    ("new: type NextMonthTask", |spec| {
        spec["definitions"]["NextMonthTask"] =
            json!({"allOf": [{"$ref": "#/definitions/Task"}, {"properties": {"a": {"type": "string"}}}]});
    }),
    ("new: class CustomTask NextMonth", |spec| {
        spec["definitions"]["CustomTaskNextMonth"] = json!({
            "allOf": [{"$ref": "#/definitions/CustomTask"}, {"properties": {"a": {"type": "string"}}}],
            "x-discriminator-value": "NextMonth"
        });
    }),
    ("gone: type BinanceTask", |spec| {
        spec["definitions"].as_object_mut().unwrap().remove("BinanceTask");
    }),
    ("gone: class CustomTask tspd", |spec| {
        spec["definitions"].as_object_mut().unwrap().remove("CustomTasktspd");
    }),
    ("new: CustomTask DataDome: member metadata.challenge (string)", |spec| {
        schema(spec, "CustomTaskDataDome")["properties"]["metadata"]["properties"]["challenge"] =
            json!({"type": "string"});
    }),
    ("new: ProsopoTask: member region (string, required)", |spec| {
        let own = schema(spec, "ProsopoTask");
        own["properties"]["region"] = json!({"type": "string"});
        own["required"].as_array_mut().unwrap().push("region".into());
    }),
    ("gone: BinanceTask: member validateId", |spec| {
        schema(spec, "BinanceTask")["properties"].as_object_mut().unwrap().remove("validateId");
    }),
    ("different: TurnstileTask: proxyType is now required", |spec| {
        schema(spec, "TurnstileTask")["required"].as_array_mut().unwrap().push("proxyType".into());
    }),
    ("different: BinanceTask: validateId is no longer required", |spec| {
        let required = schema(spec, "BinanceTask")["required"].as_array_mut().unwrap();
        required.retain(|name| name != "validateId");
    }),
    ("different: MTCaptchaTask: isInvisible may be string; the catalogue: boolean", |spec| {
        schema(spec, "MTCaptchaTask")["properties"]["isInvisible"] = json!({"type": "string"});
    }),
    ("different: TurnstileTask: cloudflareTaskType now takes other_room", |spec| {
        let values = &mut schema(spec, "TurnstileTask")["properties"]["cloudflareTaskType"]["enum"];
        values.as_array_mut().unwrap().push("other_room".into());
    }),
    ("different: TurnstileTask: cloudflareTaskType no longer takes wait_room", |spec| {
        let values = &mut schema(spec, "TurnstileTask")["properties"]["cloudflareTaskType"]["enum"];
        values.as_array_mut().unwrap().retain(|value| value != "wait_room");
    }),
    ("different: BinanceTask: validateId now has a list of values: a, b", |spec| {
        schema(spec, "BinanceTask")["properties"]["validateId"]["enum"] = json!(["a", "b"]);
    }),
    ("different: RecaptchaV3TaskProxyless: minScore has the bound at most 0.7; the catalogue: 0.9", |spec| {
        schema(spec, "RecaptchaV3TaskProxyless")["properties"]["minScore"]["maximum"] = json!(0.7);
    }),
    ("different: ProsopoTask is now deprecated", |spec| {
        spec["definitions"]["ProsopoTask"]["deprecated"] = true.into();
    }),
    ("different: CustomTask Temu is documented; the catalogue lists it as no longer documented", |spec| {
        spec["definitions"]["CustomTaskTemu"] = json!({
            "allOf": [{"$ref": "#/definitions/CustomTask"}, {"properties": {}}], "x-discriminator-value": "Temu"
        });
    }),
    ("new: method getAllTasks", |spec| {
        spec["paths"]["/getAllTasks"] = json!({"post": {"responses": {}}});
    }),
    ("gone: method reportIncorrectImageCaptcha", |spec| {
        spec["paths"].as_object_mut().unwrap().remove("/reportIncorrectImageCaptcha");
    }),
    ("new: createTask: request member priority", |spec| {
        let body = &mut spec["paths"]["/createTask"]["post"]["parameters"][0]["schema"];
        body["properties"]["priority"] = json!({"type": "integer"});
    }),
    ("new: error code ERROR_OF_NEXT_MONTH", |spec| {
        spec["definitions"]["ErrorCode"]["enum"].as_array_mut().unwrap().push("ERROR_OF_NEXT_MONTH".into());
    }),
];

#[test]
fn planted_drift_of_each_kind_is_found() {
    for (wanted, plant) in PLANTS {
        let mut spec = spec(Style::Inherited);
        plant(&mut spec);
        let (code, told) = of(&spec);
        assert_eq!(code, 1, "{wanted}: {told}");
        assert!(told.lines().any(|line| line.starts_with(wanted)), "{wanted}: {told}");
        assert!(told.lines().count() <= 2, "one change is one line, or nearly: {wanted}: {told}");
    }
}

#[test]
fn drift_of_one_form_of_several_is_found() {
    for style in [Style::Discriminated, Style::Plain] {
        let mut spec = spec(style);
        let own = &mut spec["components"]["schemas"]["GeetestV3"];
        own["required"].as_array_mut().unwrap().retain(|name| name != "challenge");
        assert_eq!(
            of(&spec),
            (1, String::from("different: GeeTestTask: challenge is no longer required\n")),
            "{style:?}"
        );
    }
}

#[test]
fn cycles_and_lost_references_are_survived() {
    let mut spec = spec(Style::Discriminated);
    let schemas = spec.pointer_mut("/components/schemas").unwrap();
    schemas["Loop"] =
        json!({"allOf": [{"$ref": "#/components/schemas/Loop"}], "oneOf": [{"$ref": "#/components/schemas/Loop"}]});
    schemas["Tail"] = json!({"$ref": "#/components/schemas/Tail"});
    schemas["Prosopo"]["properties"]["websiteKey"] =
        json!({"allOf": [{"type": "string"}, {"$ref": "#/components/schemas/Loop"}]});
    assert_eq!(of(&spec), (0, String::new()));
    spec["components"]["schemas"]["Prosopo"]["properties"]["websiteKey"] = json!({"$ref": "other.yaml#/Key"});
    let (code, told) = of(&spec);
    assert_eq!((code, told.contains("other.yaml#/Key")), (2, true), "{told}");
}

#[test]
fn what_is_no_description_is_refused() {
    let folder = Folder::new();
    for (name, text) in [
        ("empty.json", ""),
        ("empty.yaml", ""),
        ("list.json", "[]"),
        ("other.json", "{\"openapi\":\"3.0.0\",\"paths\":{}}"),
        ("cut.json", "{\"openapi\":"),
        ("script.js", "let x = {a: 1};"),
        ("tab.yaml", "a:\n\t- b"),
        ("words.md", "# Nothing\n\nof the kind"),
    ] {
        let (code, told) = diff(&folder.file(name, text));
        assert_eq!((code, told.contains("CAPTASK_INVALID_ARGUMENT")), (2, true), "{name}: {told}");
    }
    let deep = format!("{{\"openapi\":{}", "[".repeat(100_000));
    assert_eq!(diff(&folder.file("deep.json", &deep)).0, 2);
    assert_eq!(diff(&folder.file("deep.yaml", &"- ".repeat(50_000))).0, 2);
    assert_eq!(diff(Path::new("/nowhere/spec.json")).0, 2);
}

#[test]
fn the_pages_of_the_documentation_are_read() {
    // The page that is written from the catalogue is one, and says the same.
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tasks.md");
    let page = std::fs::read_to_string(docs).unwrap();
    let folder = Folder::new();
    folder.file("en/tasks.md", &page);
    folder
        .file("en/errors.mdx", "# Codes\n\n| code | meaning |\n| --- | --- |\n| `ERROR_ZERO_BALANCE` | none left |\n");
    assert_eq!(diff(&folder.0), (0, String::new()));
    let prosopo = "<ParamItem title=\"websiteURL\" required type=\"string\" />\n";
    let plants: [(&str, &dyn Fn() -> String); 6] = [
        ("gone: type BinanceTask", &|| page.replace("BinanceTask", "RecaptchaV2Task")),
        ("new: BinanceTask: member region (string, required)", &|| {
            page.replacen(
                "| `validateId` | string | yes |",
                "| `region` | string | yes | |\n| `validateId` | string | yes |",
                1,
            )
        }),
        ("gone: BinanceTask: member validateId", &|| {
            page.lines().filter(|line| !line.starts_with("| `validateId` ")).collect::<Vec<_>>().join("\n")
        }),
        ("different: BinanceTask: validateId is no longer required", &|| {
            page.replacen("| `validateId` | string | yes |", "| `validateId` | string |  |", 1)
        }),
        ("new: error code ERROR_OF_NEXT_MONTH", &|| format!("{page}\n\nOr `ERROR_OF_NEXT_MONTH`.\n")),
        ("new: type NextMonthTask", &|| {
            format!("{page}\n# Next month\n\n{prosopo}\n```json\n{{\"task\": {{\"type\": \"NextMonthTask\"}}}}\n```\n")
        }),
    ];
    for (wanted, plant) in plants {
        folder.file("en/tasks.md", &plant());
        let (code, told) = diff(&folder.0);
        assert_eq!(code, 1, "{wanted}: {told}");
        assert!(told.lines().any(|line| line.starts_with(wanted)), "{wanted}: {told}");
    }
}

#[test]
fn components_lists_and_examples_of_a_page_are_read() {
    let folder = Folder::new();
    let example = "```json\n{\"clientKey\": \"KEY\", \"task\": {\"type\": \"ProsopoTask\", \"websiteURL\": \"https://example.com\", \
                   \"websiteKey\": \"k\", \"sitePlan\": \"x\"}}\n```\n";
    folder.file(
        "prosopo.mdx",
        &format!(
            "# Prosopo\n\n## Parameters\n\n<ParamItem title=\"type\" required type=\"string\" />\n\
             <ParamItem title=\"websiteURL\" required type=\"string\" />\n\
             <ParamItem title=\"websiteKey\" type=\"integer\" />\n\n- **userAgent** (string, required): one.\n\n## Create\n\n{example}"
        ),
    );
    let (code, told) = diff(&folder.0);
    assert_eq!(code, 1);
    for wanted in [
        "new: ProsopoTask: member sitePlan, in an example of prosopo.mdx",
        "different: ProsopoTask: websiteKey is no longer required",
        "different: ProsopoTask: websiteKey may be integer; the catalogue: string",
        "different: ProsopoTask: userAgent is now required",
        "gone: ProsopoTask: member proxyType",
    ] {
        assert!(told.lines().any(|line| line.starts_with(wanted)), "{wanted}: {told}");
    }
}
