//! The schema that captask_describe("config") gives out and the reader of configurations have to agree.

use super::{Config, KEYS};
use crate::protocol::catalog;
use serde_json::{Value, json};

fn schema() -> Value {
    let answer: Value = serde_json::from_str(&catalog::describe(Some("config"))).unwrap();
    answer["schema"].clone()
}

#[test]
fn the_schema_knows_every_key() {
    let schema = schema();
    let known: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert!(KEYS.iter().all(|key| known.contains(key)) && known.len() == KEYS.len(), "{known:?}");
}

#[test]
fn the_schema_and_the_reader_agree() {
    let schema = schema();
    let judge = jsonschema::draft202012::new(&schema).unwrap();
    let mut configs: Vec<Value> = schema["examples"].as_array().unwrap().clone();
    configs.extend([json!([]), json!(7), json!({}), json!({"clientkey": "k"})]);
    for (name, key) in schema["properties"].as_object().unwrap() {
        configs.extend(values(key).into_iter().map(|value| json!({name: value})));
        for (inner, key) in key["properties"].as_object().into_iter().flatten() {
            let whole = |value: Value| match name.as_str() {
                "callback" => {
                    let mut whole = json!({"listen": "127.0.0.1:0", "publicUrl": "https://me.example/hook"});
                    whole[inner] = value;
                    json!({"callback": whole})
                }
                _ => json!({name: {inner: value}}),
            };
            configs.extend(values(key).into_iter().map(whole));
        }
    }
    let (mut taken, mut refused) = (0, 0);
    for config in configs {
        let (schema, reader) = (judge.is_valid(&config), Config::parse(Some(&config.to_string())));
        assert_eq!(schema, reader.is_ok(), "{config}: {:?}", reader.err());
        if schema { taken += 1 } else { refused += 1 }
    }
    assert!(taken > 40 && refused > 100, "{taken} taken, {refused} refused");
}

/// Values to try for a key: every kind of JSON, its bounds and beyond, its default.
fn values(key: &Value) -> Vec<Value> {
    let mut out =
        vec![json!(null), json!(true), json!(-1), json!(1.5), json!([]), json!([7]), json!({"no": 1}), json!("")];
    for (name, step) in [("minimum", -1), ("maximum", 1)] {
        if let Some(bound) = key[name].as_i64() {
            out.extend([json!(bound), json!(bound + step), json!(bound - step)]);
        }
    }
    out.extend(key["enum"].as_array().into_iter().flatten().cloned());
    out.extend(key.get("default").cloned());
    if key["type"] == "array" {
        out.extend([json!(["https://a.example"]), json!(["a.example"]), json!(["ftp://a.example"])]);
    }
    if key.get("pattern").is_some() {
        let urls =
            ["sandbox:", "environment", "system", "https://a.example", "http://a.example:8080/x/", "ftp://a.example"];
        out.extend(urls.iter().map(|url| json!(url)));
        let odd = [
            "http://",
            "https://u:p@a.example",
            "https://a.example?q",
            "socks5://u:p@127.0.0.1:1080",
            "roots.pem",
            "nothing",
        ];
        out.extend(odd.iter().map(|url| json!(url)));
    }
    out
}

#[test]
fn debug_output_holds_no_secret() {
    let text = r#"{"clientKey":"planted-key","proxy":"socks5://anna:planted-password@127.0.0.1:9"}"#;
    let config = Config::parse(Some(text)).unwrap();
    let said = format!("{config:?} {config:#?}");
    assert!(said.contains("proxy") && !said.contains("planted") && !said.contains("anna"), "{said}");
}
