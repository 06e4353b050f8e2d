//! `captask catalogue diff`: holds a description of the service against the catalogue, and lists what is new, gone or
//! different. Descriptions are OpenAPI documents and folders of Markdown pages.

mod compare;
mod document;
mod known;
mod markdown;
mod model;
mod openapi;
mod pages;
mod schema;
mod yaml;

use known::Known;
use model::Described;
use std::path::Path;

/// What differs, a line each; none when nothing does. Or why the description cannot be read.
pub fn diff(path: &Path) -> Result<Vec<String>, String> {
    let known = Known::read();
    let described = if path.is_dir() { pages::read(path, &known)? } else { one_file(path, &known)? };
    if described.kinds.is_empty() {
        return Err(String::from("this command finds no task types in it"));
    }
    Ok(compare::compare(&known, &described))
}

fn one_file(path: &Path, known: &Known) -> Result<Described, String> {
    let markdown =
        path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("mdx"));
    if markdown {
        let mut described = Described::default();
        markdown::read(
            &document::text(path, document::MOST_BYTES)?,
            &path.display().to_string(),
            known,
            &mut described,
        );
        return Ok(described);
    }
    openapi::read(&document::load(path)?, known)
}
