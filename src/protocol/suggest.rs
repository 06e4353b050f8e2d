//! The nearest known name to a misspelt one.

/// Names longer than this are not compared: nobody misspells that much.
const LONGEST: usize = 64;

/// A name from outside, to be held against known ones.
pub(crate) struct Query<'n> {
    name: &'n str,
    plain: Vec<char>,
}

impl<'n> Query<'n> {
    /// `None` for a name that is near to nothing.
    pub(crate) fn new(name: &'n str) -> Option<Query<'n>> {
        (!name.is_empty() && name.len() <= LONGEST).then(|| Query { name, plain: plain(name) })
    }

    /// How far a known name is, when it is near: 0 where only case and the signs between words differ.
    pub(crate) fn distance(&self, known: &str) -> Option<usize> {
        if known == self.name { None } else { self.distance_or_same(known) }
    }

    /// [`Wanted::distance`], where the name itself is 0 away.
    pub(crate) fn distance_or_same(&self, known: &str) -> Option<usize> {
        if known.is_empty() || known.len() > LONGEST {
            return None;
        }
        let letters = plain(known);
        let allowed = (self.plain.len().min(known.len()) / 3).max(1);
        if letters.len().abs_diff(self.plain.len()) > allowed {
            return None;
        }
        let distance = edits(&self.plain, &letters);
        // Names that share no letter are not near, however short.
        (distance <= allowed && distance < self.plain.len().max(known.len())).then_some(distance)
    }
}

/// The candidate nearest to `name`: the same but for case, or few letters away; `None` when nothing is near.
pub(crate) fn closest_name<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = Query::new(name)?;
    let near = candidates.into_iter().filter_map(|known| Some((wanted.distance(known)?, known)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// `did you mean x?`, with all that are equally near, or nothing.
pub(crate) fn did_you_mean<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    let Some(wanted) = Query::new(name) else { return String::new() };
    one_of(candidates.into_iter().filter_map(|known| Some((wanted.distance(known)?, known))))
}

/// [`did_you_mean`] for a value of an open set, which may also begin like a known one and end two letters away from it.
pub(crate) fn value_meant<'c>(text: &str, known: impl Iterator<Item = &'c str> + Clone) -> String {
    let near = did_you_mean(text, known.clone());
    if !near.is_empty() || text.len() > LONGEST {
        return near;
    }
    let wanted = plain(text);
    one_of(known.filter_map(|known| {
        let letters = plain(known);
        let alike = wanted.iter().zip(&letters).take_while(|(a, b)| a == b).count() >= 4;
        let distance = if alike { edits(&wanted, &letters) } else { return None };
        (distance <= 2).then_some((distance, known))
    }))
}

/// [`did_you_mean`], for candidates that have been ranked: the least are meant, and three of them are told.
pub(crate) fn one_of<'c, R: Ord + Copy>(candidates: impl Iterator<Item = (R, &'c str)>) -> String {
    let mut near: Vec<(R, &str)> = candidates.collect();
    let Some(least) = near.iter().map(|(rank, _)| *rank).min() else { return String::new() };
    near.retain(|(rank, _)| *rank == least);
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in near {
        if !names.contains(&name) && names.len() < 3 {
            names.push(name);
        }
    }
    format!("did you mean {}?", names.join(" or "))
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
        assert_eq!(closest_name("websiteUrl", known), Some("websiteURL"));
        assert_eq!(closest_name("webiste_key", known), Some("websiteKey"));
        assert_eq!(closest_name("dtaa", known), Some("data"));
        assert_eq!(closest_name("proxyPort", known), None);
        assert_eq!(did_you_mean("socks", ["http", "socks4", "socks5"]), "did you mean socks4 or socks5?");
        assert_eq!(did_you_mean("sock4", ["http", "socks4", "socks5"]), "did you mean socks4?");
        assert_eq!(closest_name("x", ["3"]), None);
        assert_eq!(closest_name("v4", ["3", "4"]), Some("4"));
        assert_eq!(closest_name("", known), None);
        assert_eq!(closest_name(&"w".repeat(100_000), known), None);
    }
}
