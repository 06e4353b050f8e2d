//! Accounts: keys, balances and whether the service talks to them.

use super::money::Money;
use std::collections::HashMap;
use zeroize::Zeroize;

/// How an account stands with the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Active,
    Banned,
    Blocked,
    AddressNotAllowed,
}

impl Standing {
    pub(super) const WORDS: &'static [(&'static str, Standing)] = &[
        ("active", Standing::Active),
        ("banned", Standing::Banned),
        ("blocked", Standing::Blocked),
        ("addressNotAllowed", Standing::AddressNotAllowed),
    ];

    /// The word of the configuration.
    pub(super) fn word(self) -> &'static str {
        Standing::WORDS.iter().find(|(_, standing)| *standing == self).map_or("", |(word, _)| word)
    }

    /// The error that every call with its key gets.
    fn error(self) -> Option<&'static str> {
        match self {
            Standing::Active => None,
            Standing::Banned => Some("ERROR_IP_BANNED"),
            Standing::Blocked => Some("ERROR_IP_BLOCKED"),
            Standing::AddressNotAllowed => Some("ERROR_IP_NOT_ALLOWED"),
        }
    }
}

/// One account.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) balance: Money,
    pub(super) standing: Standing,
}

/// Whether a key may be one at all: 1 to 256 visible ASCII characters.
pub(super) fn well_formed(key: &str) -> bool {
    (1..=256).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic())
}

/// A key for the eyes of others: enough of it to tell two apart.
pub(super) fn redacted(key: &str) -> String {
    let shown: String = if key.len() > 8 { key.chars().take(3).collect() } else { String::new() };
    format!("{shown}***")
}

/// An account's number; small, and never another account's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AccountId(u32);

/// Accounts opened by keys that nobody named are at most so many.
const MOST_UNNAMED: usize = 10_000;

/// Every account.
#[derive(Debug)]
pub(super) struct Accounts {
    by_key: HashMap<String, AccountId>,
    list: Vec<(String, Account)>,
    /// What a key that nobody named starts with; `None`: such a key does not exist.
    unnamed: Option<Money>,
    last_used: Option<AccountId>,
    start: Money,
}

impl Drop for Accounts {
    fn drop(&mut self) {
        self.list.iter_mut().for_each(|(key, _)| key.zeroize());
        self.by_key.drain().for_each(|(mut key, _)| key.zeroize());
    }
}

impl Accounts {
    /// These keys and their accounts; without any, every key has an account with this balance.
    pub(super) fn new(list: Vec<(String, Account)>, balance: Money) -> Self {
        let by_key = list.iter().enumerate().map(|(i, (key, _))| (key.clone(), AccountId(i as u32))).collect();
        let unnamed = list.is_empty().then_some(balance);
        let last_used = (!list.is_empty()).then_some(AccountId(0));
        Accounts { by_key, list, unnamed, last_used, start: balance }
    }

    /// The account of a key, with or without `__` suffixes; the error code where there is none to serve.
    pub(super) fn enter(&mut self, key: &str) -> Result<AccountId, &'static str> {
        let base = key.split("__").next().unwrap_or_default();
        let id = match self.by_key.get(base) {
            Some(id) => *id,
            None => match self.unnamed {
                Some(balance) if well_formed(base) && self.list.len() < MOST_UNNAMED => {
                    let id = AccountId(self.list.len() as u32);
                    self.list.push((base.to_owned(), Account { balance, standing: Standing::Active }));
                    self.by_key.insert(base.to_owned(), id);
                    id
                }
                _ => return Err("ERROR_KEY_DOES_NOT_EXIST"),
            },
        };
        self.last_used = Some(id);
        match self.get(id).and_then(|account| account.standing.error()) {
            Some(error) => Err(error),
            None => Ok(id),
        }
    }

    pub(super) fn get(&self, id: AccountId) -> Option<&Account> {
        self.list.get(id.0 as usize).map(|(_, account)| account)
    }

    pub(super) fn get_mut(&mut self, id: AccountId) -> Option<&mut Account> {
        self.list.get_mut(id.0 as usize).map(|(_, account)| account)
    }

    /// The balance of the account that was used last; before any was, what one starts with.
    pub(super) fn balance(&self) -> Money {
        self.last_used.and_then(|id| self.get(id)).map_or(self.start, |account| account.balance)
    }

    /// Gives one account, or every one, a balance; whether there is such an account.
    pub(super) fn set_balance(&mut self, key: Option<&str>, balance: Money) -> bool {
        match key {
            Some(key) => match self.by_key.get(key).copied().and_then(|id| self.get_mut(id)) {
                Some(account) => account.balance = balance,
                None => return false,
            },
            None => {
                self.start = balance;
                self.unnamed = self.unnamed.map(|_| balance);
                self.list.iter_mut().for_each(|(_, account)| account.balance = balance);
            }
        }
        true
    }

    /// Every account with its key.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Account)> {
        self.list.iter().map(|(key, account)| (key.as_str(), account))
    }
}
