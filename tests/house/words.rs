//! What a user reads is plain English: words that the style of these pages leaves out.

use std::path::{Path, PathBuf};

/// Words with a plainer one: says, reports, lists, returns; is; no caller, another program; the server.
const LEFT_OUT: [&str; 9] =
    ["tells", "told", "stands", "stood", "nobody", "somebody", "as good as", "has a word", "the other side"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder with one of these endings.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap_or_else(|e| panic!("{folder}: {e}"));
    let paths = entries.map(|entry| entry.expect("a file").path());
    paths.filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending))).collect()
}

/// Whether a text has this phrase as words of its own, in whatever case.
fn has(text: &str, phrase: &str) -> bool {
    let lower = text.to_lowercase();
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    lower
        .match_indices(phrase)
        .any(|(at, _)| !letter(lower[..at].chars().next_back()) && !letter(lower[at + phrase.len()..].chars().next()))
}

fn found(path: &Path, lines: impl Iterator<Item = String>) -> Vec<String> {
    let name = path.strip_prefix(root()).unwrap_or(path).display().to_string();
    let numbered = lines.enumerate();
    let bad = numbered.flat_map(|(number, line)| {
        let phrases = LEFT_OUT.iter().filter(move |phrase| has(&line, phrase));
        phrases.map(move |phrase| (number + 1, *phrase))
    });
    bad.map(|(number, phrase)| format!("{name}:{number}: {phrase}")).collect()
}

fn lines(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().map(str::to_owned).collect()
}

#[test]
fn pages_headers_manuals_and_descriptions_use_plain_words() {
    let mut all = vec![root().join("README.md"), root().join("CONTRIBUTING.md"), root().join("SECURITY.md")];
    all.extend(files("docs", &[".md"]));
    all.extend(files("include", &[".h", ".hpp"]));
    all.extend(files("packaging", &[".1", ".3"]));
    all.extend(files("src/protocol/catalog/data", &[".json"]));
    for binding in std::fs::read_dir(root().join("bindings")).expect("bindings") {
        let page = binding.expect("a binding").path().join("README.md");
        all.extend(page.exists().then_some(page));
    }
    assert!(all.len() > 25, "{all:?}");
    let bad: Vec<String> = all.iter().flat_map(|path| found(path, lines(path).into_iter())).collect();
    assert_eq!(bad, Vec::<String>::new());
}

/// The texts in the code of the library and of the command: errors, log lines, help.
#[test]
fn messages_use_plain_words() {
    let mut bad = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("a file").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" && name != "simulator" {
                folders.push(path);
            } else if name.ends_with(".rs") && !name.contains("test") {
                let code = lines(&path).into_iter().take_while(|line| line != "#[cfg(test)]");
                bad.extend(found(&path, code.map(|line| texts(&line))));
            }
        }
    }
    assert_eq!(bad, Vec::<String>::new());
}

/// What is between quotation marks in a line of code, or is the help of the command: a doc comment in arguments.rs.
fn texts(line: &str) -> String {
    if line.trim_start().starts_with("//") {
        return String::new();
    }
    line.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_word_that_is_left_out_is_found() {
    assert!(has("It Tells why", "tells") && has("as good as new", "as good as") && !has("retells", "tells"));
    assert_eq!(texts(r#"    refuse("it is told here"); // told"#), "it is told here");
}
