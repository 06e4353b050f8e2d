//! The catalogue of the process.

use super::index::{Catalogue, shipped};
#[cfg(not(feature = "catalogue-file"))]
use crate::protocol::Code;
use crate::protocol::Failure;
use once_cell::race::OnceBox;

/// The catalogue of the process: what the library ships, with the file of CAPTASK_CATALOGUE over it. The library's own
/// where that file is wrong: whoever asks for more than an error code asks [`process`] before.
pub(super) fn current() -> &'static Catalogue {
    process().unwrap_or_else(|_| shipped())
}

/// The catalogue of the process, or what is wrong with the file that CAPTASK_CATALOGUE names. The variable and the file
/// are read at the first call, without blocking anybody.
#[cfg(feature = "catalogue-file")]
pub(super) fn process() -> Result<&'static Catalogue, Failure> {
    static PROCESS: OnceBox<Option<Result<Catalogue, Failure>>> = OnceBox::new();
    let read = || {
        let path = crate::sys::trusted_variable(VARIABLE).filter(|path| !path.is_empty())?;
        Some(super::file::read(NAME, std::path::Path::new(&path)).map(|laid| laid.catalogue))
    };
    match PROCESS.get_or_init(|| Box::new(read())) {
        None => Ok(shipped()),
        Some(Ok(catalogue)) => Ok(catalogue),
        Some(Err(failure)) => Err(failure.clone()),
    }
}

/// The catalogue of the process: this build reads no files.
#[cfg(not(feature = "catalogue-file"))]
pub(super) fn process() -> Result<&'static Catalogue, Failure> {
    static NAMED: OnceBox<bool> = OnceBox::new();
    let named = || Box::new(crate::sys::trusted_variable(VARIABLE).is_some_and(|path| !path.is_empty()));
    match NAMED.get_or_init(named) {
        true => Err(Failure::new(Code::NotBuilt, "CAPTASK_CATALOGUE: this build does not include catalogue files")),
        false => Ok(shipped()),
    }
}

const VARIABLE: &std::ffi::CStr = c"CAPTASK_CATALOGUE";
#[cfg(feature = "catalogue-file")]
const NAME: &str = "CAPTASK_CATALOGUE";
