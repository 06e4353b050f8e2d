//! include/captask.h is what cbindgen makes of the sources. `CAPTASK_BLESS=1 cargo test --test header` writes it.

use std::path::Path;

const PREAMBLE: &str = include_str!("../src/ffi/header.txt");

fn generated() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut config = cbindgen::Config::from_root_or_default(root);
    let preamble = preamble();
    let (comment, macros) = preamble.split_once("\n#define").expect("macros after the comment");
    config.header = Some(comment.to_owned());
    config.after_includes = Some(format!("\n#define{macros}"));
    let mut builder = cbindgen::Builder::new().with_config(config);
    // The order of the header: the library, clients, methods, tickets, what needs no network, the log, the sandbox.
    for room in ["library", "client", "methods", "tickets", "offline", "log", "sandbox"] {
        builder = builder.with_src(root.join(format!("src/ffi/{room}.rs")));
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
fn the_committed_header_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("include/captask.h");
    let generated = generated();
    if std::env::var_os("CAPTASK_BLESS").is_some() {
        std::fs::write(&path, &generated).expect("the header can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "include/captask.h is stale: run `make header` and commit it");
}

#[test]
fn every_exported_function_is_in_the_header() {
    let header = generated();
    let rooms = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ffi")).expect("the sources");
    let mut functions = 0;
    for room in rooms {
        let path = room.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file");
        for line in text.lines().filter(|line| line.contains("extern \"C\" fn captask_")) {
            let name = line.split("fn ").nth(1).and_then(|rest| rest.split('(').next()).expect("a name");
            assert!(header.contains(&format!("{name}(")), "{name} is exported and not in the header");
            functions += 1;
        }
    }
    assert!(functions >= 20, "only {functions} functions found");
}
