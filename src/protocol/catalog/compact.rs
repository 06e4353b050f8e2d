//! Written once for the library and for build.rs, which includes this file.

/// JSON text without the white space between its tokens.
pub fn compact(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let token = |c: &char| {
        quoted ^= *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        quoted || !c.is_ascii_whitespace()
    };
    json.chars().filter(token).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_stays_in_texts_alone() {
        let json = "{ \"a b\" : [ 1 , \"x \\\" y\" ,\n null ] }";
        assert_eq!(compact(json), r#"{"a b":[1,"x \" y",null]}"#);
        assert_eq!(compact(r#"["a\\", " "]"#), r#"["a\\"," "]"#);
    }
}
