//! Text that must not be seen: cleared from memory when dropped, never shown by `Debug`.

use std::fmt;
use zeroize::Zeroizing;

/// A key, a password or a URL that may hold one.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    pub fn new(text: String) -> Self {
        Secret(Zeroizing::new(text))
    }

    /// The text, for sending.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Text in the making that holds a secret: when it outgrows its place, the old place is cleared.
pub struct Text(Zeroizing<String>);

impl Text {
    /// No text yet, with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Text(Zeroizing::new(String::with_capacity(bytes)))
    }

    /// Whether there is nothing in it yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds these texts.
    pub fn push(&mut self, parts: &[&str]) {
        let more: usize = parts.iter().map(|part| part.len()).sum();
        if self.0.capacity() - self.0.len() < more {
            let mut grown = Zeroizing::new(String::with_capacity((self.0.len() + more).next_power_of_two()));
            grown.push_str(&self.0);
            self.0 = grown;
        }
        for part in parts {
            self.0.push_str(part);
        }
    }

    /// The text, done.
    pub fn into_secret(self) -> Secret {
        Secret(self.0)
    }
}
