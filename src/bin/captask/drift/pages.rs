//! A folder of pages.

use super::document;
use super::known::Known;
use super::markdown;
use super::model::Described;
use std::path::{Path, PathBuf};

const MOST_FILES: usize = 5000;
const MOST_BYTES: u64 = 4 << 20;
const DEEPEST: usize = 16;

/// What all pages below a folder say. Links are not followed.
pub fn read(folder: &Path, known: &Known) -> Result<Described, String> {
    let mut pages = Vec::new();
    collect(folder, 0, &mut pages)?;
    pages.sort();
    let mut described = Described::default();
    for page in &pages {
        let text = document::text(page, MOST_BYTES).map_err(|fault| format!("{}: {fault}", page.display()))?;
        let place = page.strip_prefix(folder).unwrap_or(page).display().to_string();
        markdown::read(&text, &place, known, &mut described);
    }
    Ok(described)
}

fn collect(folder: &Path, depth: usize, pages: &mut Vec<PathBuf>) -> Result<(), String> {
    let described = |fault: std::io::Error| format!("{}: {fault}", folder.display());
    if depth > DEEPEST {
        return Err(format!("{}: more than {DEEPEST} folders deep", folder.display()));
    }
    for entry in std::fs::read_dir(folder).map_err(described)? {
        let entry = entry.map_err(described)?;
        let (kind, path) = (entry.file_type().map_err(described)?, entry.path());
        let page =
            path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("mdx"));
        if kind.is_dir() {
            collect(&path, depth + 1, pages)?;
        } else if kind.is_file() && page {
            pages.push(path);
        }
        if pages.len() > MOST_FILES {
            return Err(format!("it has more than {MOST_FILES} pages"));
        }
    }
    Ok(())
}
