//! Reads a catalogue file.

use super::overlay::{self, Laid, MOST_BYTES};
#[cfg(feature = "internals")]
use super::writer::{Writer, array};
use crate::protocol::failure::{Code, Failure};
use crate::protocol::json::{clip, quote};
use crate::protocol::problem::{Problem, list};
use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

/// Reads the file at a path, and lays it over the built-in catalogue. `name` is where the path is from.
pub(super) fn read(name: &str, path: &Path) -> Result<Laid, Failure> {
    let at = clip(&path.display().to_string());
    let text = text(path).map_err(|error| Failure::new(Code::InvalidConfig, format!("{name}: {at}: {error}")))?;
    overlay::lay(&text).map_err(|problems| refused(name, &at, &problems))
}

/// The text of a regular file of at most [`MOST_BYTES`].
fn text(path: &Path) -> Result<String, Error> {
    let wrong = |text: String| Error::new(ErrorKind::InvalidInput, text);
    // Opening a pipe or a device might wait for ever.
    if !path.metadata()?.is_file() {
        return Err(wrong(String::from("it is not a file")));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(wrong(format!("it is larger than {MOST_BYTES} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|_| wrong(String::from("it is not UTF-8")))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn refused(name: &str, at: &str, problems: &[Problem]) -> Failure {
    let first = problems.first();
    let (pointer, text) = first.map_or(("", ""), |first| (first.pointer.as_str(), first.problem.as_str()));
    let more = match problems.len() {
        0 | 1 => String::new(),
        many => format!("; and {} more", many - 1),
    };
    let text = format!("{name}: {at}: {}{}{text}{more}", clip(pointer), if pointer.is_empty() { "" } else { ": " });
    Failure::new(Code::InvalidConfig, text).with("pointer", quote(pointer)).with("problems", list(problems))
}

/// What a file would do, as a JSON object.
#[cfg(feature = "internals")]
pub fn check(path: &Path) -> String {
    match read("catalogue", path) {
        Ok(laid) => {
            let ids = |ids: &[String]| array(&ids.iter().map(|id| quote(id)).collect::<Vec<_>>());
            let mut out = Writer::default();
            out.put("errorId", String::from("0"));
            out.put("added", ids(&laid.added));
            out.put("changed", ids(&laid.changed));
            out.done()
        }
        Err(failure) => failure.to_json(),
    }
}
