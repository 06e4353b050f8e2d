//! Callbacks to https URLs. They are few, so each takes a blocking exchange on a thread of its own; the workers of
//! [`super::callback`] bound how many there are.

use super::reader::refuse;
use crate::protocol::Failure;
use hyper::Uri;
use std::io::Read;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use ureq::Agent;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// Reads the roots that receivers' certificates are checked against from a PEM file.
pub(super) fn roots(path: &str, member: &str) -> Result<RootCerts, Failure> {
    let text = std::fs::read(path).map_err(|error| refuse(member, format!("{path}: {error}")))?;
    let mut found = Vec::new();
    for item in parse_pem(&text) {
        match item {
            Ok(PemItem::Certificate(certificate)) => found.push(certificate),
            Ok(_) => {}
            Err(error) => return Err(refuse(member, format!("{path}: {error}"))),
        }
    }
    match found.is_empty() {
        true => Err(refuse(member, format!("{path}: no certificate in it"))),
        false => Ok(RootCerts::Specific(Arc::new(found))),
    }
}

/// The machine's roots; the bundled ones where it has none.
fn system() -> RootCerts {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        return RootCerts::WebPki;
    }
    RootCerts::Specific(Arc::new(found.iter().map(|der| Certificate::from_der(der.as_ref()).to_owned()).collect()))
}

/// What delivers to https URLs; made ready by the first delivery.
#[derive(Debug)]
pub(super) struct Secure {
    roots: Option<RootCerts>,
    limit: Duration,
    agent: OnceLock<Agent>,
}

impl Secure {
    pub(super) fn new(roots: Option<RootCerts>, limit: Duration) -> Secure {
        Secure { roots, limit, agent: OnceLock::new() }
    }

    /// Posts; the error says why no HTTP answer came.
    pub(super) fn post(&self, url: &Uri, body: String) -> Result<(), String> {
        let answer = self
            .agent()
            .post(url)
            .content_type("application/json; charset=utf-8")
            .send(body)
            .map_err(|error| error.to_string())?;
        // Read so that the connection can be used again; what it says does not matter.
        let _ = answer.into_body().into_reader().take(super::callback::ANSWER as u64).read_to_end(&mut Vec::new());
        Ok(())
    }

    fn agent(&self) -> &Agent {
        self.agent.get_or_init(|| {
            let tls = TlsConfig::builder().root_certs(self.roots.clone().unwrap_or_else(system)).build();
            Agent::config_builder()
                .tls_config(tls)
                .proxy(None)
                .max_redirects(0)
                .http_status_as_error(false)
                .user_agent("")
                .timeout_global(Some(self.limit))
                .max_idle_age(super::callback::FRESH)
                .build()
                .new_agent()
        })
    }
}
