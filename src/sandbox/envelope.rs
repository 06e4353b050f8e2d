//! The service's answer envelope and the words that go with its error codes.

use crate::protocol::json::quote;
use std::borrow::Cow;

/// An error answer in the making: the code and what to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: Cow<'static, str>,
    pub(super) description: Cow<'static, str>,
}

impl Refusal {
    /// A code with its usual words.
    pub(super) fn of(code: &'static str) -> Refusal {
        Refusal { code: Cow::Borrowed(code), description: Cow::Borrowed(words(code)) }
    }

    /// A code with words for this case.
    pub(super) fn because(code: &'static str, why: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal { code: Cow::Borrowed(code), description: why.into() }
    }

    /// A code that the request itself asked for.
    pub(super) fn requested(code: String) -> Refusal {
        let description = match words(&code) {
            "" => Cow::Borrowed("sandbox: the error was requested"),
            words => Cow::Owned(format!("{words} (sandbox: the error was requested)")),
        };
        Refusal { code: Cow::Owned(code), description }
    }

    /// The answer's JSON text; `more` is `,"name":value…` or empty.
    pub(super) fn to_json(&self, more: &str) -> String {
        format!(
            "{{\"errorId\":1,\"errorCode\":{},\"errorDescription\":{}{more}}}",
            quote(&self.code),
            quote(&self.description)
        )
    }
}

/// A successful answer; `members` is `"name":value,…`.
pub(super) fn success(members: &str) -> String {
    format!("{{\"errorId\":0,\"errorCode\":null,\"errorDescription\":null,{members}}}")
}

/// What the sandbox says of a code; empty for codes it has no words for.
fn words(code: &str) -> &'static str {
    match code {
        "ERROR_KEY_DOES_NOT_EXIST" => "There is no account with this clientKey.",
        "ERROR_ZERO_BALANCE" => "The account does not have enough money for this task.",
        "ERROR_IP_NOT_ALLOWED" => "The account's allow-list does not have the caller's address.",
        "ERROR_IP_BANNED" => "The caller's address is banned; wait ten minutes.",
        "ERROR_IP_BLOCKED" => "The caller's address is blocked after too many failed calls.",
        "ERROR_TOO_MUCH_REQUESTS" => "The result of this task was polled too often.",
        "ERROR_TOO_BIG_CAPTCHA_FILESIZE" => "The image is larger than 50 KB.",
        "ERROR_ZERO_CAPTCHA_FILESIZE" => "The image is smaller than 100 bytes.",
        "ERROR_NO_SUCH_CAPCHA_ID" => "There is no such task, or its result is no longer kept.",
        "ERROR_CAPTCHA_UNSOLVABLE" => "The task could not be solved; create a new one.",
        "ERROR_NO_SUCH_METHOD" => "There is no such method.",
        "ERROR_TASK_NOT_SUPPORTED" => "There is no such task type.",
        "ERROR_TASK_ABSENT" => "The request is not a JSON object, or has no task.",
        "ERROR_INVALID_TASK" => "The task's members do not fit its type.",
        "ERROR_NO_SLOT_AVAILABLE" => "There is no room for more tasks now; try again later.",
        "ERROR_PROXY_MISSING" => "The task needs a proxy: proxyType, proxyAddress and proxyPort.",
        "ERROR_PROXY_CREDENTIALS_INVALID_CHARACTER" => "proxyLogin and proxyPassword must not contain a percent sign.",
        "ERROR_RECAPTCHA_INVALID_SITEKEY" => "websiteKey is empty.",
        "ERROR_RECAPTCHA_INVALID_DOMAIN" => "websiteURL is not an http or https URL.",
        _ => "",
    }
}
