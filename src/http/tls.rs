//! How TLS is agreed on: rustls, without what it needs to show certificates of ours.

use super::roots::Anchors;
use rustls::crypto::{CryptoProvider, KeyProvider, ring};
use rustls::pki_types::{PrivateKeyDer, ServerName};
use rustls::sign::SigningKey;
use rustls::{ALL_VERSIONS, ClientConfig, ClientConnection, RootCertStore};
use std::sync::{Arc, OnceLock};

/// Begins connections that are secure.
pub struct Tls {
    anchors: Anchors,
    config: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    pub fn new(anchors: Anchors) -> Tls {
        Tls { anchors, config: OnceLock::new() }
    }

    /// A handshake with this host that has not begun.
    pub fn begin(&self, host: &str) -> Result<ClientConnection, String> {
        let host = super::without_zone(host);
        let name =
            ServerName::try_from(host.to_owned()).map_err(|_| format!("{host} cannot be a name in a certificate"))?;
        ClientConnection::new(self.config()?, name).map_err(|e| e.to_string())
    }

    /// Made when the first connection needs it: the roots take some time.
    fn config(&self) -> Result<Arc<ClientConfig>, String> {
        if let Some(config) = self.config.get() {
            return Ok(config.clone());
        }
        let mut roots = RootCertStore::empty();
        match &self.anchors {
            Anchors::Bundled => roots.roots = webpki_roots::TLS_SERVER_ROOTS.to_vec(),
            // What is not a good certificate is no root.
            Anchors::These(certs) => _ = roots.add_parsable_certificates(certs.iter().cloned()),
        }
        let provider = CryptoProvider { key_provider: &NoKeys, ..ring::default_provider() };
        let builder = ClientConfig::builder_with_provider(Arc::new(provider));
        let builder = builder.with_protocol_versions(ALL_VERSIONS).map_err(|e| e.to_string())?;
        let config = Arc::new(builder.with_root_certificates(roots).with_no_client_auth());
        Ok(self.config.get_or_init(|| config).clone())
    }
}

/// There are no keys of ours.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("captask has no keys of its own".to_owned()))
    }
}
