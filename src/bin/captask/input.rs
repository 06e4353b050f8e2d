//! What a command reads.

use captask::protocol::{Code, Failure};
use std::io::{Read, stdin};
use std::path::Path;

/// The text of a file, or of standard input for "-".
pub fn read(path: &Path) -> Result<String, Failure> {
    let wrong = |e: std::io::Error| Failure::new(Code::InvalidArgument, format!("{}: {e}", path.display()));
    if path.as_os_str() == "-" {
        let mut text = String::new();
        stdin().read_to_string(&mut text).map_err(wrong)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(wrong)
}
