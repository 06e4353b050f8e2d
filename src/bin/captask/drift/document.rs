//! Reads files, and JSON, YAML and JavaScript that assigns JSON.

use super::yaml;
use serde_json::Value;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest file that is read.
pub const MOST_BYTES: u64 = 32 << 20;

/// So many places of a script are tried for the beginning of an object.
const TRIES: usize = 200;

/// The text of a regular file of at most so many bytes.
pub fn text(path: &Path, most: u64) -> Result<String, String> {
    let described = |error: std::io::Error| error.to_string();
    // Opening a pipe or a device might wait for ever.
    if !path.metadata().map_err(described)?.is_file() {
        return Err(String::from("it is neither a file nor a folder"));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(described)?.take(most + 1).read_to_end(&mut bytes).map_err(described)?;
    if bytes.len() as u64 > most {
        return Err(format!("it is larger than {most} bytes"));
    }
    let text = String::from_utf8(bytes).map_err(|_| String::from("it is not UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The document in a file, by its ending and by what it looks like.
pub fn load(path: &Path) -> Result<Value, String> {
    let text = text(path, MOST_BYTES)?;
    let ending = path.extension().and_then(|end| end.to_str()).unwrap_or("").to_ascii_lowercase();
    match ending.as_str() {
        "yaml" | "yml" => yaml::parse(&text),
        "js" | "mjs" | "cjs" | "ts" => script(&text),
        "json" => json(&text),
        _ => json(&text).or_else(|fault| {
            if text.trim_start().starts_with('{') { Err(fault) } else { script(&text).or_else(|_| yaml::parse(&text)) }
        }),
    }
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|fault| format!("it is not JSON: {fault}"))
}

/// The first object in a script that is an OpenAPI document, as in `window.spec = {…};`.
fn script(text: &str) -> Result<Value, String> {
    for (at, _) in text.match_indices('{').take(TRIES) {
        let rest = text.get(at..).unwrap_or_default();
        let first = serde_json::Deserializer::from_str(rest).into_iter::<Value>().next();
        if let Some(Ok(value)) = first
            && ["openapi", "swagger", "paths"].iter().any(|name| value.get(name).is_some())
        {
            return Ok(value);
        }
    }
    Err(String::from("it contains no OpenAPI document"))
}
