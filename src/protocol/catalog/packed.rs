//! The data files, as build.rs packed them.

use miniz_oxide::inflate::decompress_to_vec;

/// One of the data files.
pub(super) struct Packed(&'static [u8]);

impl Packed {
    /// Its text. The tests hold that each of them unpacks; were it not so, it would be empty.
    pub(super) fn text(&self) -> String {
        decompress_to_vec(self.0).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

macro_rules! packed {
    ($name:literal) => {
        Packed(include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".deflate")))
    };
}

#[cfg(feature = "catalogue-file")]
pub(super) const CATALOGUE: Packed = packed!("catalogue");
pub(super) const CONFIG: Packed = packed!("config");
pub(super) const ERRORS: Packed = packed!("errors");
pub(super) const METHODS: Packed = packed!("methods");
#[cfg(feature = "sandbox")]
pub(super) const REFUSALS: Packed = packed!("refusals");
pub(super) const REQUEST: Packed = packed!("request");
pub(super) const SANDBOX: Packed = packed!("sandbox");
pub(super) const TASKS: Packed = packed!("tasks");

#[cfg(test)]
mod tests {
    use super::super::compact::compact;
    use super::*;

    #[test]
    fn what_was_packed_comes_out_as_it_went_in() {
        let files = [
            #[cfg(feature = "catalogue-file")]
            (CATALOGUE, include_str!("data/catalogue.json")),
            (CONFIG, include_str!("data/config.json")),
            (ERRORS, include_str!("data/errors.json")),
            (METHODS, include_str!("data/methods.json")),
            #[cfg(feature = "sandbox")]
            (REFUSALS, include_str!("data/refusals.json")),
            (REQUEST, include_str!("data/request.json")),
            (SANDBOX, include_str!("data/sandbox.json")),
            (TASKS, include_str!("data/tasks.json")),
        ];
        for (packed, text) in files {
            assert_eq!(packed.text(), compact(text));
        }
    }
}
