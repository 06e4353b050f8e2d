//! What a request calls secret.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use zeroize::Zeroizing;

/// The key, and what the request calls a key, a password or cookies; `None` when the request cannot be read.
pub fn secrets(key: &str, body: Option<&str>) -> Option<Vec<Zeroizing<String>>> {
    let mut secrets = vec![Zeroizing::new(key.to_owned())];
    if let Some(body) = body {
        let mut reader = serde_json::Deserializer::from_str(body);
        Gather { secret: false, found: &mut secrets }.deserialize(&mut reader).ok()?;
    }
    Some(secrets)
}

/// Collects the texts and numbers of a request that are secret: by the name of their member, also when it stands there
/// twice, and logins in URLs.
struct Gather<'f> {
    secret: bool,
    found: &'f mut Vec<Zeroizing<String>>,
}

impl Gather<'_> {
    fn text(self, text: &str) {
        if self.secret {
            self.found.push(Zeroizing::new(text.to_owned()));
            // One cookie alone is a secret too.
            let pairs = text.split(';').filter_map(|pair| Some(pair.split_once('=')?.1.trim().to_owned()));
            self.found.extend(pairs.map(Zeroizing::new));
        } else if let Some(login) = login(text) {
            self.found.push(Zeroizing::new(login.to_owned()));
            self.found.extend(login.split_once(':').map(|(_, password)| Zeroizing::new(password.to_owned())));
        }
    }

    fn number(self, number: impl ToString) {
        if self.secret {
            self.found.push(Zeroizing::new(number.to_string()));
        }
    }
}

/// What stands before the host in a URL.
fn login(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    Some(rest.split(['/', '?', '#']).next()?.rsplit_once('@')?.0)
}

impl<'de> DeserializeSeed<'de> for Gather<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Gather<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.text(text);
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        // As JSON writes it: std would bring another way to do so.
        self.number(serde_json::Number::from_f64(number).map(|number| number.to_string()).unwrap_or_default());
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let (secret, found) = (self.secret, self.found);
        while items.next_element_seed(Gather { secret, found: &mut *found })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let (secret, found) = (self.secret, self.found);
        while let Some(name) = members.next_key::<String>()? {
            let name = name.to_ascii_lowercase();
            let named = ["clientkey", "password", "cookie"].iter().any(|word| name.contains(word));
            members.next_value_seed(Gather { secret: secret || named, found: &mut *found })?;
        }
        Ok(())
    }
}
