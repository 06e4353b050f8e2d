//! TLS around any of ureq's transports, by rustls. ureq has a connector of its own for that; this one cannot show a
//! certificate of ours, and leaves all that signing takes out of the library.

use crate::http::roots::Anchors;
use rustls::crypto::{CryptoProvider, KeyProvider, ring};
use rustls::pki_types::{PrivateKeyDer, ServerName};
use rustls::sign::SigningKey;
use rustls::{ALL_VERSIONS, ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::fmt;
use std::io::{self, Read, Write};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, LazyBuffers, NextTimeout, Transport, TransportAdapter, time,
};

/// Makes connections secure.
pub struct Tls {
    anchors: Anchors,
    config: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    pub fn new(anchors: Anchors) -> Tls {
        Tls { anchors, config: OnceLock::new() }
    }

    /// Agrees on TLS over `transport`, within the time that is left of the details'.
    pub fn secure(
        &self,
        details: &ConnectionDetails,
        transport: Box<dyn Transport>,
    ) -> Result<Box<dyn Transport>, Error> {
        let host = details.uri.host().unwrap_or_default();
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let name = ServerName::try_from(bare).map_err(|_| Error::Tls("Rustls invalid dns name error"))?.to_owned();
        let mut conn = ClientConnection::new(self.config()?, name).map_err(wrong)?;
        let mut sock = TransportAdapter::new(transport, details.current_time.clone());
        sock.set_timeout(left(details));
        conn.complete_io(&mut sock)?;
        let config = details.config;
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        Ok(Box::new(Secured { buffers, stream: StreamOwned { conn, sock } }))
    }

    /// Made when the first connection needs it: the roots take some time.
    fn config(&self) -> Result<Arc<ClientConfig>, Error> {
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
        let builder = builder.with_protocol_versions(ALL_VERSIONS).map_err(wrong)?;
        let config = Arc::new(builder.with_root_certificates(roots).with_no_client_auth());
        Ok(self.config.get_or_init(|| config).clone())
    }
}

fn wrong(error: rustls::Error) -> Error {
    Error::Io(io::Error::new(io::ErrorKind::InvalidData, error))
}

/// What is left of the time for the connection.
fn left(details: &ConnectionDetails) -> NextTimeout {
    let spent = match details.now {
        time::Instant::Exact(begun) => begun.elapsed(),
        _ => Duration::ZERO,
    };
    NextTimeout { after: time::Duration::Exact(details.timeout.after.saturating_sub(spent)), ..details.timeout }
}

/// There are no keys of ours.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("captask has no keys of its own".to_owned()))
    }
}

/// A connection on which both sides have agreed on TLS.
struct Secured {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl Transport for Secured {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.sock.set_timeout(timeout);
        Ok(self.stream.write_all(&self.buffers.output()[..amount])?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.sock.set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for Secured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secured")
    }
}
