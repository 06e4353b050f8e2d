//! Which error the service answers a faulty task with.

use super::envelope::Refusal;
use crate::protocol::catalog::{Edition, IMAGE_BYTES, Problem};
use crate::protocol::json::{self, Object};

/// Refuses a task as the service does: the specific code where one is documented, else `ERROR_INVALID_TASK`.
pub(super) fn check(catalogue: &Edition, kind: &str, task: &Object<'_>) -> Result<(), Refusal> {
    let check = catalogue.check_task(task.text());
    if check.variant.is_none()
        && check.problems.is_empty()
        && check.warnings.iter().any(|warning| warning.pointer == "/type")
    {
        return Err(Refusal::of("ERROR_TASK_NOT_SUPPORTED"));
    }
    if kind == "ImageToTextTask" {
        image_size(task)?;
    }
    for member in ["proxyLogin", "proxyPassword"] {
        if task.string(member).is_some_and(|text| text.contains('%')) {
            return Err(Refusal::of("ERROR_PROXY_CREDENTIALS_INVALID_CHARACTER"));
        }
    }
    if kind.starts_with("Recaptcha") || kind.starts_with("NoCaptcha") {
        if task.string("websiteKey").is_some_and(|key| key.is_empty()) {
            return Err(Refusal::of("ERROR_RECAPTCHA_INVALID_SITEKEY"));
        }
        let http = |url: String| url.starts_with("http://") || url.starts_with("https://");
        if task.string("websiteURL").is_some_and(|url| !http(url)) {
            return Err(Refusal::of("ERROR_RECAPTCHA_INVALID_DOMAIN"));
        }
    }
    let Some(first) = check.problems.first() else { return Ok(()) };
    if ["/proxyType", "/proxyAddress", "/proxyPort"].contains(&first.pointer.as_str()) {
        return Err(Refusal::because("ERROR_PROXY_MISSING", told(&check.problems)));
    }
    Err(Refusal::because("ERROR_INVALID_TASK", told(&check.problems)))
}

fn told(problems: &[Problem]) -> String {
    let list: Vec<String> = problems.iter().map(|p| format!("task{}: {}", p.pointer, p.problem)).collect();
    list.join("; ")
}

/// The documented limits of an image before base64.
fn image_size(task: &Object<'_>) -> Result<(), Refusal> {
    let Some(body) = task.get("body").and_then(json::as_string) else { return Ok(()) };
    let digits = body.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=').count();
    match digits * 3 / 4 {
        size if size < *IMAGE_BYTES.start() => Err(Refusal::of("ERROR_ZERO_CAPTCHA_FILESIZE")),
        size if size > *IMAGE_BYTES.end() => Err(Refusal::of("ERROR_TOO_BIG_CAPTCHA_FILESIZE")),
        _ => Ok(()),
    }
}
