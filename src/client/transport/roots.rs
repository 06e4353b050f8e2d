//! Certificate roots other than the bundled ones.

use std::path::Path;
use std::sync::Arc;
use ureq::tls::{Certificate, PemItem, RootCerts, parse_pem};

/// The machine's own roots, or why there are none.
pub fn system() -> Result<RootCerts, String> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let why = found.errors.first().map_or_else(|| "none is installed".to_owned(), ToString::to_string);
        return Err(format!("no system root could be read: {why}"));
    }
    let certs = found.certs.iter().map(|der| Certificate::from_der(der.as_ref()).to_owned()).collect();
    Ok(RootCerts::Specific(Arc::new(certs)))
}

/// The roots in a PEM file, or what is wrong with it.
pub fn file(path: &Path) -> Result<RootCerts, String> {
    let wrong = |why: String| format!("{}: {why}", path.display());
    let text = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
    let mut certs = Vec::new();
    for item in parse_pem(&text) {
        if let PemItem::Certificate(cert) = item.map_err(|e| wrong(e.to_string()))? {
            certs.push(cert);
        }
    }
    if certs.is_empty() {
        return Err(wrong("no certificate in it".into()));
    }
    Ok(RootCerts::Specific(Arc::new(certs)))
}
