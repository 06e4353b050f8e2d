//! What servers' certificates are checked against.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::path::Path;
use std::sync::Arc;

/// Certificates that a server's chain has to end at.
#[derive(Debug, Clone)]
pub enum Anchors {
    /// Those built into the library.
    Bundled,
    /// These alone.
    These(Arc<[CertificateDer<'static>]>),
}

/// The machine's own roots, or why there are none.
pub fn system() -> Result<Anchors, String> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let why = found.errors.first().map_or_else(|| "none is installed".to_owned(), ToString::to_string);
        return Err(format!("no system root could be read: {why}"));
    }
    Ok(Anchors::These(found.certs.into()))
}

/// The roots in a PEM file, or what is wrong with it.
pub fn file(path: &Path) -> Result<Anchors, String> {
    let wrong = |why: String| format!("{}: {why}", path.display());
    let text = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let certs = found.map_err(|e| wrong(format!("PEM: {e:?}")))?;
    if certs.is_empty() {
        return Err(wrong("no certificate in it".into()));
    }
    Ok(Anchors::These(certs.into()))
}
