//! What follows from the header: the declarations for languages that read C, the lists of exported functions, the
//! synopsis of the man page, and README's list of which file has which function.

use crate::header::{GROUPS, exported, generated};
use crate::{fresh, read};
use std::fmt::Write;

/// The declarations of the header, one a line.
fn declarations() -> Vec<String> {
    let header = generated();
    let code: String = header.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, code)| code)).collect();
    let mut cplusplus = false;
    let mut text = String::new();
    for line in code.lines() {
        match line {
            "#ifdef __cplusplus" => cplusplus = true,
            line if line.starts_with("#endif") => cplusplus = false,
            line if cplusplus || line.starts_with('#') => {}
            line => _ = write!(text, "{line} "),
        }
    }
    let one_line = |code: &str| code.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = text.split(';').map(one_line).filter(|code| !code.is_empty());
    all.map(|code| format!("{code};")).collect()
}

fn declaration(declarations: &[String], function: &str) -> String {
    let found = declarations.iter().find(|code| code.contains(&format!("{function}(")));
    found.unwrap_or_else(|| panic!("no declaration of {function}")).clone()
}

fn functions() -> Vec<String> {
    let mut all: Vec<String> = GROUPS.iter().flat_map(|group| exported(group)).collect();
    all.sort();
    all
}

/// A declaration as the man page sets it: names of parameters apart from the rest.
fn synopsis(code: &str) -> String {
    let last = |text: &str| text.rfind([' ', '*']).map_or(0, |at| at + 1);
    let (open, close) = (code.find("(").expect("parameters"), code.rfind(')').expect("their end"));
    // Those of a typedef come after its name.
    let open = if code.starts_with("typedef") { code.rfind('(').expect("parameters") } else { open };
    if &code[open..=close] == "(void)" {
        return format!(".B \"{code}\"\n");
    }
    let mut line = String::from(".BI");
    let mut plain = code[..=open].to_owned();
    for (count, parameter) in code[open + 1..close].split(", ").enumerate() {
        let (kind, name) = parameter.split_at(last(parameter));
        let comma = if count == 0 { "" } else { ", " };
        write!(line, " \"{plain}{comma}{kind}\" {name}").expect("a text");
        plain.clear();
    }
    line + " );\n"
}

/// The text between two lines replaced.
fn between(text: &str, start: &str, end: &str, new: &str) -> String {
    let (before, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start:?}"));
    let (_, after) = rest.split_once(end).unwrap_or_else(|| panic!("no {end:?} after {start:?}"));
    format!("{before}{start}{new}{end}{after}")
}

#[test]
fn the_declarations_for_languages_that_read_c_are_fresh() {
    fresh("include/captask.ffi.h", &(declarations().join("\n") + "\n"));
}

#[test]
fn the_list_of_symbols_is_fresh() {
    fresh("tests/symbols.txt", &(functions().join("\n") + "\n"));
}

#[test]
fn the_def_file_is_fresh() {
    let names: String = functions().iter().map(|name| format!("    {name}\n")).collect();
    fresh("packaging/captask.def", &format!("LIBRARY captask\nEXPORTS\n{names}"));
}

#[test]
fn the_synopsis_of_the_man_page_is_fresh() {
    let declarations = declarations();
    let mut text = String::from(".B #include <captask.h>\n");
    for group in GROUPS {
        text += ".PP\n";
        if group == "log" {
            let types = declarations.iter().filter(|code| code.starts_with("typedef"));
            text.extend(types.map(|code| synopsis(code)));
        }
        text.extend(exported(group).iter().map(|name| synopsis(&declaration(&declarations, name))));
    }
    let page = read("packaging/captask.3");
    fresh("packaging/captask.3", &between(&page, ".SH SYNOPSIS\n.nf\n", ".fi\n", &text));
}

#[test]
fn the_files_of_the_functions_in_the_readme_are_fresh() {
    const ROW: &str = "| … `captask_";
    let page = read("README.md");
    let rows: String = GROUPS
        .iter()
        .map(|group| {
            let names = exported(group).join("`, `").replace("`, `captask_", "`, `_");
            format!("| … `{names}` | `src/ffi/{group}.rs` |\n")
        })
        .collect();
    let first = page.find(ROW).expect("README.md has no row that begins so");
    let length: usize = page[first..].split_inclusive('\n').take_while(|row| row.starts_with(ROW)).map(str::len).sum();
    fresh("README.md", &format!("{}{rows}{}", &page[..first], &page[first + length..]));
}
