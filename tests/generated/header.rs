//! include/captask.h, from the sources of the functions.

use crate::{fresh, place, read};

const PREAMBLE: &str = include_str!("../../src/ffi/header.txt");

/// The files of src/ffi that have functions, in the order of the header.
pub const GROUPS: [&str; 7] = ["library", "client", "methods", "tickets", "offline", "log", "sandbox"];

/// The functions that a file of src/ffi exports, in its order.
pub fn exported(group: &str) -> Vec<String> {
    let source = read(&format!("src/ffi/{group}.rs"));
    let after = source.lines().filter_map(|line| line.split_once("extern \"C\" fn captask_"));
    after.filter_map(|(_, rest)| rest.split('(').next()).map(|name| format!("captask_{name}")).collect()
}

/// The whole header.
pub fn generated() -> String {
    let mut config = cbindgen::Config::from_root_or_default(place(""));
    let preamble = preamble();
    let (comment, macros) = preamble.split_once("\n#define").expect("macros after the comment");
    config.header = Some(comment.to_owned());
    config.after_includes = Some(format!("\n#define{macros}"));
    let mut builder = cbindgen::Builder::new().with_config(config);
    for group in GROUPS {
        builder = builder.with_src(place(&format!("src/ffi/{group}.rs")));
    }
    let mut text = Vec::new();
    builder.generate().expect("cbindgen understands the sources").write(&mut text);
    tidy(&String::from_utf8(text).expect("a header in UTF-8"))
}

/// The first comment, and the macros that cbindgen cannot know: version and log levels.
fn preamble() -> String {
    let parts = [env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"), env!("CARGO_PKG_VERSION_PATCH")];
    let [major, minor, patch] = parts.map(|part| part.parse::<u32>().expect("a number"));
    PREAMBLE
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
        .replace("@MAJOR@", &major.to_string())
        .replace("@MINOR@", &minor.to_string())
        .replace("@PATCH@", &patch.to_string())
        .replace("@NUM@", &format!("0x{:06x}", (major << 16) | (minor << 8) | patch))
        .trim_end()
        .to_owned()
}

/// Drops what is meant for Rust callers: the sections about safety.
fn tidy(header: &str) -> String {
    let mut out = String::new();
    let mut skipping = false;
    for line in header.lines() {
        if line.trim() == "* # Safety" {
            skipping = true;
            // The blank comment line before the section goes with it.
            if out.ends_with(" *\n") {
                out.truncate(out.len() - " *\n".len());
            }
            continue;
        }
        if skipping {
            if line.trim() != "*/" {
                continue;
            }
            skipping = false;
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[test]
fn the_header_is_fresh() {
    fresh("include/captask.h", &generated());
}

#[test]
fn every_exported_function_is_in_the_header() {
    let header = generated();
    let mut functions = 0;
    for file in std::fs::read_dir(place("src/ffi")).expect("the sources") {
        let name = file.expect("an entry").file_name().into_string().expect("a name");
        let Some(group) = name.strip_suffix(".rs") else { continue };
        for function in exported(group) {
            assert!(header.contains(&format!("{function}(")), "{function} is not in the header: is {group} in GROUPS?");
            functions += 1;
        }
    }
    assert!(functions >= 20, "only {functions} functions found");
}
