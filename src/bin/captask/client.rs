//! The client that a command works with.

use crate::arguments::ClientArguments;
use crate::input::read;
use crate::object;
use crate::screen::note;
use captask::instance::Client;
use captask::log;
use captask::protocol::json::{Object, quote};
use captask::protocol::{Code, Failure};
use std::path::Path;
use std::sync::Arc;

/// Opens a client as the command line says.
pub fn open(arguments: &ClientArguments) -> Result<Client, Failure> {
    open_with(arguments, &[])
}

/// Opens a client with more members in its configuration.
pub fn open_with(arguments: &ClientArguments, more: &[(&'static str, Option<String>)]) -> Result<Client, Failure> {
    if arguments.verbose > 0 {
        log_to_stderr(if arguments.verbose == 1 { 3 } else { 5 });
    }
    Client::open(Some(&text(arguments, more)?))
}

/// The configuration that the command line makes up.
pub fn text(arguments: &ClientArguments, more: &[(&'static str, Option<String>)]) -> Result<String, Failure> {
    let timeout = arguments.timeout_ms.map(|ms| ms.to_string());
    let endpoint = arguments.endpoint.as_deref().map(quote);
    let mut members = vec![("endpoint", endpoint), ("callTimeoutMs", timeout)];
    members.extend(more.iter().cloned());
    configured(arguments.config.as_deref(), &members)
}

/// The configuration in a file, with members of the command line; those win.
pub fn configured(file: Option<&Path>, members: &[(&'static str, Option<String>)]) -> Result<String, Failure> {
    let text = file.map(read).transpose()?.unwrap_or_else(|| "{}".into());
    let object = Object::parse(&text).map_err(|e| e.into_failure("the configuration", Code::InvalidConfig))?;
    let given: Vec<_> =
        members.iter().filter_map(|(name, value)| value.as_ref().map(|value| (*name, value.clone()))).collect();
    Ok(object::with(&object, &given))
}

/// Log lines of the library go to standard error.
pub fn log_to_stderr(level: i32) {
    let sink: log::Sink = Arc::new(|level, line| note(&format!("captask {level:?}: {line}")));
    log::set(Some(sink), level);
}
