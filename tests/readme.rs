//! What README.md says: its tables against what captask_describe tells, its programs as they stand. And what CONTRIBUTING.md says: that every function is everywhere where it belongs.

#[path = "support/scratch.rs"]
mod scratch;

use captask::protocol::catalog;
use scratch::Scratch;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn describe(topic: &str) -> Value {
    serde_json::from_str(&catalog::describe(Some(topic))).expect("describe answers JSON")
}

/// The cells of the table rows under a heading, the head left out.
fn rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    let start = page.find(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("README.md has no {heading}"));
    let part = page[start + 1..].split("\n## ").next().unwrap_or_default();
    let lines = part.lines().filter(|line| line.starts_with("| "));
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
    lines.skip(2).map(cells).collect()
}

/// The functions of the library.
fn functions() -> Vec<String> {
    read("tests/symbols.txt").lines().map(str::to_owned).collect()
}

/// Whether a text has this name, not as a part of a longer one.
fn has_name(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        !text[..at].ends_with(part) && !text[at + name.len()..].starts_with(part)
    })
}

/// What stands in backticks.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn the_table_of_the_configuration_names_each_key() {
    let page = read("README.md");
    let told: BTreeSet<String> = rows(&page, "Configuration")
        .iter()
        .flat_map(|row| code(&row[1]).map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| !name.starts_with("CAPTASK_"))
        .collect();
    let config = describe("config");
    let keys = config["schema"]["properties"].as_object().expect("properties").keys().cloned().collect();
    assert_eq!(told, keys);
}

#[test]
fn the_table_of_errors_has_a_row_for_each_code_of_the_library() {
    let page = read("README.md");
    let table = rows(&page, "When something fails");
    let fits = |row: &Vec<String>, wanted: &str| {
        code(&row[0]).any(|name| match name.strip_suffix('…') {
            Some(prefix) => wanted.starts_with(prefix),
            None => wanted == name,
        })
    };
    let errors = describe("errors");
    let codes: Vec<&str> =
        errors["library"].as_array().expect("a list").iter().filter_map(|error| error["code"].as_str()).collect();
    assert!(codes.len() >= 20, "{codes:?}");
    for wanted in &codes {
        assert_eq!(table.iter().filter(|row| fits(row, wanted)).count(), 1, "rows of README.md that speak of {wanted}");
    }
    for name in table.iter().flat_map(|row| code(&row[0])).filter(|name| name.starts_with("CAPTASK_")) {
        let known =
            codes.iter().any(|code| name.strip_suffix('…').map_or(*code == name, |start| code.starts_with(start)));
        assert!(known, "README.md speaks of {name}, which is no code");
    }
}

#[test]
fn the_table_of_errors_says_the_right_of_each_code_of_the_service() {
    let page = read("README.md");
    let table = rows(&page, "When something fails");
    let errors = describe("errors");
    let codes = errors["service"].as_array().expect("a list");
    let mut used = BTreeSet::new();
    for error in codes.iter().filter(|error| error["code"].as_str().is_some_and(|code| code.starts_with("ERROR_"))) {
        let (name, class) = (error["code"].as_str().expect("a code"), error["class"].as_str().expect("a class"));
        // The row with the longest name that fits.
        let fits = table.iter().enumerate().flat_map(|(number, row)| {
            let names = code(&row[0]).filter(|told| match told.strip_suffix('…') {
                Some(start) => name.starts_with(start),
                None => *told == name,
            });
            names.map(move |told| (told.len(), number)).collect::<Vec<_>>()
        });
        let (_, number) = fits.max().unwrap_or_else(|| panic!("no row of README.md speaks of {name}"));
        let wanted = match class {
            "auth" | "balance" | "ip" => "correct that first",
            "unsolvable" | "timeout" => "a new task",
            "server" | "rate" => "later",
            "proxy" => "another proxy",
            "input" | "task" => "captask_check",
            other => panic!("README.md has no row for the class {other}"),
        };
        assert!(table[number][2].contains(wanted), "README.md on {name}, of class {class}: {}", table[number][2]);
        used.insert(number);
    }
    let rows = table.iter().filter(|row| row[0].starts_with("`ERROR_")).count();
    assert_eq!(used.len(), rows, "rows of README.md about the service that no code needs");
}

/// The program in that language that a page shows.
fn program(page: &str, language: &str) -> String {
    let text = read(page);
    let start = format!("\n```{language}\n");
    assert_eq!(text.matches(&start).count(), 1, "{page} has one program in {language}");
    let rest = &text[text.find(&start).expect("it is there") + start.len()..];
    rest[..rest.find("```").expect("its end")].to_owned()
}

/// The library that `cargo build` made, under the names that programs look for; `None`, told, where there is none.
fn library(folder: &Path) -> Option<PathBuf> {
    let test = std::env::current_exe().expect("this program");
    let built = test.parent().and_then(Path::parent).expect("its folder").join("libcaptask.so");
    if !built.exists() {
        return missing(&format!("{} (cargo build)", built.display()));
    }
    for name in ["libcaptask.so", "libcaptask.so.0"] {
        std::os::unix::fs::symlink(&built, folder.join(name)).expect("a link");
    }
    Some(built)
}

fn missing<T>(what: &str) -> Option<T> {
    assert!(std::env::var_os("CI").is_none(), "there is no {what}");
    eprintln!("skipped: there is no {what}");
    None
}

/// What a command prints; `None`, told, where there is no such command.
fn printed(command: &mut Command) -> Option<String> {
    let Ok(out) = command.output() else {
        return missing(&command.get_program().to_string_lossy());
    };
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{command:?}: {}\n{said}", out.status);
    Some(said)
}

/// Compiles a program of the page without a change, and runs it.
fn compiles_and_solves(language: &str, compiler: &str, flags: &[&str]) {
    let source = Scratch::file(&format!("program.{language}"));
    let folder = source.parent().expect("its folder");
    if library(folder).is_none() {
        return;
    }
    std::fs::write(&source, program("README.md", language)).expect("written");
    let mut compile = Command::new(compiler);
    compile.args(flags).args(["-Wall", "-Wextra", "-Wpedantic", "-Werror"]).arg(&*source);
    compile.arg("-I").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("include")).arg("-L").arg(folder);
    compile.arg(format!("-Wl,-rpath,{}", folder.display())).args(["-lcaptask", "-o"]).arg(folder.join("program"));
    if printed(&mut compile).is_some() {
        assert_eq!(printed(&mut Command::new(folder.join("program"))).as_deref(), Some("sandbox-gRecaptchaResponse\n"));
    }
}

#[test]
fn the_program_in_c_runs_as_it_stands() {
    compiles_and_solves("c", &std::env::var("CC").unwrap_or("cc".into()), &["-std=c99"]);
}

#[test]
fn the_program_in_cpp_runs_as_it_stands() {
    compiles_and_solves("cpp", &std::env::var("CXX").unwrap_or("c++".into()), &["-std=c++17"]);
}

#[test]
fn the_program_in_python_runs_as_it_stands() {
    let folder = Scratch::folder("readme");
    let package = folder.join("captask");
    std::fs::create_dir(&package).expect("a folder");
    if library(&package).is_none() {
        return;
    }
    for file in python_files() {
        std::fs::copy(&file, package.join(file.file_name().expect("a name"))).expect("copied");
    }
    let source = program("README.md", "python");
    let mut run = Command::new("python3");
    run.args(["-B", "-c", &source]).env("PYTHONPATH", &*folder).current_dir(&*folder);
    if let Some(said) = printed(&mut run) {
        assert!(said.starts_with("sandbox-gRecaptchaResponse "), "{said}");
    }
}

#[test]
fn the_chinese_page_shows_the_same_programs_and_commands() {
    // Without the comments, which stand behind five spaces.
    let bare = |page, language| -> Vec<String> {
        let cut = |line: &str| line.split("     /").next().unwrap_or_default().to_owned();
        program(page, language).lines().map(cut).collect()
    };
    for language in ["c", "cpp", "python"] {
        assert_eq!(bare("README.zh.md", language), bare("README.md", language), "README.zh.md, {language}");
    }
    let page = read("README.md");
    for row in rows(&read("README.zh.md"), "安装和链接") {
        for command in code(&row[1]) {
            assert!(page.contains(&format!("`{command}`")), "README.md does not say `{command}`");
        }
    }
}

/// The files of the Python package.
fn python_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings/python/src/captask");
    let entries = std::fs::read_dir(folder).expect("the package").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.extension().is_some_and(|end| end == "py")).collect()
}

/// What the Python package leaves out, and why.
const NOT_IN_PYTHON: [(&str, &str); 9] = [
    ("captask_version_num", "captask.__version__ tells it, and there is no header to compare it with"),
    ("captask_solve", "it is submit and a future, so that Ctrl-C and asyncio can end the wait"),
    ("captask_wait", "one thread receives for all futures"),
    ("captask_receive", "captask_receive_ticket says whose answer it is, whatever the service calls its own members"),
    ("captask_pick", "Python reads JSON itself"),
    ("captask_pick_into", "Python reads JSON itself"),
    ("captask_log_to", "log lines go to Python's logging"),
    ("captask_quote", "Python writes JSON itself"),
    ("captask_base64", "Python has base64"),
];

#[test]
fn the_python_package_has_every_function() {
    let (mut library, mut others) = (String::new(), String::new());
    for file in python_files() {
        let text = std::fs::read_to_string(&file).expect("a source file");
        if file.ends_with("_library.py") { library = text } else { others += &text }
    }
    for name in functions() {
        let declared = library.contains(&format!("\"{name}\": ("));
        let called = others.contains(&format!("\"{name}\"")) || library.contains(&format!(".{name}("));
        match NOT_IN_PYTHON.iter().find(|(left_out, _)| *left_out == name) {
            Some(_) => assert!(!declared && !called, "{name} is in the Python package: take it off the list here"),
            None => assert!(declared && called, "{name}: declared in _library.py: {declared}, called: {called}"),
        }
    }
}

#[test]
fn the_cpp_header_has_every_function() {
    let text = read("include/captask.hpp");
    // Comments do not count.
    let code: String = text
        .split("/*")
        .map(|part| part.split_once("*/").map_or(part, |(_, code)| code))
        .flat_map(|part| part.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>())
        .collect::<Vec<_>>()
        .join("\n");
    for name in functions() {
        assert!(has_name(&code, &name), "include/captask.hpp does not call {name}");
    }
}

#[test]
fn the_man_page_says_something_of_every_function() {
    let page = read("packaging/captask.3");
    let (_, sentences) = page.split_once(".SH DESCRIPTION").expect("a description");
    for name in functions() {
        assert!(has_name(sentences, &name), "packaging/captask.3 says nothing of {name}");
    }
}
