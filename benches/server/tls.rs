//! The certificate of the stand-in.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

/// A server on loopback with a certificate of an authority of its own, whose root goes into the file.
pub fn server(root: &Path) -> Result<Arc<ServerConfig>, Box<dyn Error>> {
    let mut params = CertificateParams::new(Vec::new())?;
    // OpenSSL takes a certificate whose subject is its issuer's for one that vouches for itself.
    params.distinguished_name.push(DnType::CommonName, "captask bench root");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
    std::fs::write(root, authority.pem())?;
    let key = KeyPair::generate()?;
    let certificate =
        CertificateParams::new(vec!["127.0.0.1".to_owned(), "localhost".to_owned()])?.signed_by(&key, &authority)?;
    let secret = PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes())?;
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], secret)?;
    Ok(Arc::new(config))
}
