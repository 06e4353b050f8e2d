//! The methods of the service: one table of what the library knows of each. A test holds it against `catalog/data/methods.json`.

/// How often a request may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reads something: again and again until the deadline.
    Read,
    /// Buys something: again only while it certainly bought nothing.
    Create,
    /// Does something unknown: again only while nothing was sent.
    Once,
}

/// What a report method reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Report {
    /// Answers to pictures.
    Image,
    /// Tokens.
    #[default]
    Token,
}

/// One method.
#[derive(Debug)]
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// Its other name.
    pub alias: Option<&'static str>,
    /// Its path on the service, without the slash before it.
    pub path: &'static str,
    /// How often it may be sent.
    pub kind: Kind,
    /// What it reports.
    pub report: Option<Report>,
}

const fn method(name: &'static str, kind: Kind) -> Method {
    Method { name, alias: None, path: name, kind, report: None }
}

/// Every method that the catalogue lists.
pub const METHODS: [Method; 6] = [
    method("createTask", Kind::Create),
    method("getTaskResult", Kind::Read),
    method("getBalance", Kind::Read),
    Method { path: "api/useragent/actual", ..method("getUserAgent", Kind::Read) },
    Method { report: Some(Report::Image), ..method("reportIncorrectImageCaptcha", Kind::Once) },
    Method {
        alias: Some("reportIncorrectRecaptcha"),
        report: Some(Report::Token),
        ..method("reportIncorrectTokenCaptcha", Kind::Once)
    },
];

impl Kind {
    /// The kind of a method; one that the table does not have may do anything.
    pub fn of(method: &str) -> Kind {
        METHODS.iter().find(|known| known.name == method).map_or(Kind::Once, |known| known.kind)
    }
}

impl Report {
    /// The method that reports it.
    pub fn method(self) -> &'static str {
        METHODS.iter().find(|known| known.report == Some(self)).map_or("", |known| known.name)
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    METHODS.iter().flat_map(|known| [Some(known.name), known.alias]).flatten()
}

/// A method under the one name that the rules know it by. A name that differs from a known one in case alone is an
/// error, which says what to write: the service takes it, and no rule on buying would hold for it.
pub fn canonical(name: &str) -> Result<&str, String> {
    match names().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(known) if known != name => Err(format!("method: the name is spelled {known}")),
        Some(known) => Ok(known),
        None => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_method_in_other_letters_is_refused() {
        for name in ["CreateTask", "createtask", "CREATETASK", "GetTaskResult", "reportincorrectrecaptcha"] {
            let hint = canonical(name).unwrap_err();
            assert!(names().any(|known| hint.ends_with(known)), "{hint}");
        }
        for name in names().chain(["createTasks", "newMethod", "", "createTas\u{212a}"]) {
            assert_eq!(canonical(name), Ok(name));
        }
    }

    #[test]
    fn the_table_is_that_of_the_catalogue() {
        let data: serde_json::Value = serde_json::from_str(include_str!("catalog/data/methods.json")).unwrap();
        let listed = data["methods"].as_array().unwrap().iter();
        let callable =
            listed.filter(|method| method["name"].as_str().unwrap().bytes().all(|b| b.is_ascii_alphanumeric()));
        let listed: Vec<_> = callable.map(|method| (&method["name"], &method["path"], &method["aliases"][0])).collect();
        let path = |name: &str| serde_json::Value::String(format!("/{name}"));
        let ours = METHODS.iter().map(|m| (m.name.into(), path(m.path), m.alias.map_or(serde_json::Value::Null, path)));
        let ours: Vec<(serde_json::Value, _, _)> = ours.collect();
        assert_eq!(listed, ours.iter().map(|(name, path, alias)| (name, path, alias)).collect::<Vec<_>>());
        assert_eq!(Report::Image.method(), "reportIncorrectImageCaptcha");
        assert_eq!(Report::Token.method(), "reportIncorrectTokenCaptcha");
    }
}
