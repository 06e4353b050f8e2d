//! The nearest known name to a misspelt one.

/// Names longer than this are not compared: nobody misspells that much.
const LONGEST: usize = 64;

/// The candidate nearest to `name`: the same but for case, or few letters away; `None` when nothing is near.
pub(super) fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let wanted = plain(name);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.is_empty() || candidate.len() > LONGEST || candidate == name {
            continue;
        }
        let distance = edits(&wanted, &plain(candidate));
        let allowed = (wanted.len().min(candidate.len()) / 3).max(1);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `Did you mean x?`, or nothing.
pub(crate) fn did_you_mean<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    nearest(name, candidates).map(|near| format!("did you mean {near}?")).unwrap_or_default()
}

/// Lower case, without the signs that people put between words.
fn plain(name: &str) -> Vec<char> {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).map(|c| c.to_ascii_lowercase()).collect()
}

/// Edits between two names; swapping two neighbours counts as one.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let replace = last[j] + usize::from(x != y);
            let mut least = replace.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["websiteURL", "websiteKey", "gt", "data"];
        assert_eq!(nearest("websiteUrl", known), Some("websiteURL"));
        assert_eq!(nearest("webiste_key", known), Some("websiteKey"));
        assert_eq!(nearest("dtaa", known), Some("data"));
        assert_eq!(nearest("proxyPort", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"w".repeat(100_000), known), None);
    }
}
