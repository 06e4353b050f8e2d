//! A request made of options.

use crate::arguments::SolveArguments;
use base64::Engine;
use captask::protocol::catalog::Edition;
use captask::protocol::json::quote;
use captask::protocol::{Code, Failure};
use std::io::Read;
use std::path::Path;

/// More than any picture that the service takes.
const LARGEST: u64 = 16 << 20;

/// The request that the options make up, its task checked before anything is bought.
pub fn request(arguments: &SolveArguments) -> Result<String, Failure> {
    let mut members: Vec<(String, String)> = Vec::new();
    let catalogue = Edition::of_process()?;
    let picture_task = arguments.image.as_ref().and_then(|_| catalogue.picture_task());
    let kind = match (&arguments.kind, picture_task) {
        (Some(kind), _) => kind.as_str(),
        (None, Some((kind, _))) => kind,
        (None, None) => return Err(wrong("--type is missing".to_owned())),
    };
    add(&mut members, "--type", "type", quote(kind))?;
    if let Some(path) = &arguments.image {
        add(&mut members, "--image", picture_task.map_or("body", |(_, member)| member), quote(&picture(path)?))?;
    }
    for text in &arguments.set {
        let (name, value) = split("--set", text)?;
        add(&mut members, "--set", name, quote(value))?;
    }
    for text in &arguments.set_json {
        let (name, value) = split("--set-json", text)?;
        let value = json(value).map_err(|why| {
            wrong(format!("--set-json {name}: the value is not JSON: {why}; for a string use --set {name}=…"))
        })?;
        add(&mut members, "--set-json", name, value)?;
    }
    let members: Vec<_> = members.iter().map(|(name, value)| format!("{}:{value}", quote(name))).collect();
    Ok(format!("{{\"task\":{{{}}}}}", members.join(",")))
}

fn wrong(text: String) -> Failure {
    Failure::new(Code::InvalidArgument, text)
}

fn split<'a>(option: &str, text: &'a str) -> Result<(&'a str, &'a str), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name, value)),
        _ => Err(wrong(format!("{option} {text}: write it as {option} NAME=VALUE"))),
    }
}

fn add(members: &mut Vec<(String, String)>, option: &str, name: &str, value: String) -> Result<(), Failure> {
    if name.eq_ignore_ascii_case("clientKey") {
        let text = "the key is not a member of a task, and other users of the machine can read the \
                    command line. Set CAPTASK_CLIENT_KEY, or clientKey in the file of --config";
        return Err(wrong(format!("{option} {name}: {text}")));
    }
    if members.iter().any(|(known, _)| known == name) {
        return Err(wrong(format!("{option} {name}: the task has this member already; give it once")));
    }
    members.push((name.to_owned(), value));
    Ok(())
}

/// The value on one line, as it was written.
fn json(text: &str) -> Result<String, String> {
    let raw: Result<&serde_json::value::RawValue, _> = serde_json::from_str(text);
    raw.map(|raw| raw.get().to_owned()).map_err(|e| e.to_string())
}

fn picture(path: &Path) -> Result<String, Failure> {
    let failed = |why: String| wrong(format!("--image {}: {why}", path.display()));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|e| failed(e.to_string()))?;
    if file.metadata().is_ok_and(|found| found.is_dir()) {
        return Err(failed("it is a folder; give a picture".to_owned()));
    }
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| failed(e.to_string()))?;
    if bytes.is_empty() {
        return Err(failed("the file is empty".to_owned()));
    }
    if bytes.len() as u64 > LARGEST {
        return Err(failed(
            "the file is larger than 16 MB; the service takes pictures of at most 50,000 bytes".to_owned(),
        ));
    }
    Ok(base64::engine::general_purpose::STANDARD.encode(bytes))
}
