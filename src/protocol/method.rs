//! The names of the service's methods.

/// Every method that the catalogue lists, and the other name of one.
const KNOWN: [&str; 7] = [
    "createTask",
    "getTaskResult",
    "getBalance",
    "getUserAgent",
    "reportIncorrectImageCaptcha",
    "reportIncorrectTokenCaptcha",
    "reportIncorrectRecaptcha",
];

/// A method under the one name that the rules know it by. A name that differs from a known one in case alone is an
/// error, which says what to write: the service takes it, and no rule on buying would hold for it.
pub fn canonical(name: &str) -> Result<&str, String> {
    match KNOWN.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(known) if *known != name => Err(format!("method: the name is written {known}")),
        Some(known) => Ok(known),
        None => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, canonical};

    #[test]
    fn a_known_method_in_other_letters_is_refused() {
        for name in ["CreateTask", "createtask", "CREATETASK", "GetTaskResult", "reportincorrectrecaptcha"] {
            let hint = canonical(name).unwrap_err();
            assert!(KNOWN.iter().any(|known| hint.ends_with(known)), "{hint}");
        }
        for name in KNOWN.into_iter().chain(["createTasks", "newMethod", "", "createTas\u{212a}"]) {
            assert_eq!(canonical(name), Ok(name));
        }
    }

    #[test]
    fn every_method_of_the_catalogue_is_known() {
        let data: serde_json::Value = serde_json::from_str(include_str!("catalog/data/methods.json")).unwrap();
        let named = data["methods"].as_array().unwrap().iter().filter_map(|method| method["name"].as_str());
        let callable = named.filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric()));
        assert!(callable.clone().count() > 5);
        assert!(callable.clone().all(|name| KNOWN.contains(&name)), "{:?}", callable.collect::<Vec<_>>());
    }
}
