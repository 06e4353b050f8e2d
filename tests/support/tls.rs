//! TLS servers with certificates of our own, good and bad.

use super::net::{Heard, Peer, serve};
use super::scratch::Scratch;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use std::net::TcpStream;
use std::sync::Arc;

/// An authority whose root a client may be told to trust.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A server's certificate chain and key.
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Authority {
    pub fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Authority(CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("a root"))
    }

    /// Writes the root into a file whose name holds `name`.
    pub fn pem(&self, name: &str) -> Scratch {
        let path = Scratch::file(&format!("{name}.pem"));
        std::fs::write(&path, self.0.pem()).expect("a PEM file");
        path
    }

    /// A certificate for these names, good for the years given.
    pub fn issue(&self, names: &[&str], years: std::ops::Range<i32>) -> Identity {
        let (params, key) = parts(names, years);
        let cert = params.signed_by(&key, &self.0).expect("a certificate");
        Identity { chain: vec![cert.der().clone()], key: der(&key) }
    }
}

/// A certificate that nobody but itself vouches for.
pub fn self_signed(names: &[&str]) -> Identity {
    let (params, key) = parts(names, 2020..2090);
    let cert = params.self_signed(&key).expect("a certificate");
    Identity { chain: vec![cert.der().clone()], key: der(&key) }
}

fn parts(names: &[&str], years: std::ops::Range<i32>) -> (CertificateParams, KeyPair) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.not_before = date_time_ymd(years.start, 1, 1);
    params.not_after = date_time_ymd(years.end, 1, 1);
    (params, KeyPair::generate().expect("a key"))
}

fn der(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).expect("a key")
}

/// A service behind TLS; it hears what came decrypted.
pub fn service(identity: Identity, versions: &[&'static rustls::SupportedProtocolVersion]) -> Peer {
    server(identity, versions, serve)
}

/// A TLS server that does what `then` says with each connection whose handshake is done.
pub fn server(
    identity: Identity,
    versions: &[&'static rustls::SupportedProtocolVersion],
    then: impl Fn(&mut StreamOwned<ServerConnection, TcpStream>, &Heard) + Send + Sync + 'static,
) -> Peer {
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(versions)
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(identity.chain, identity.key)
        .expect("a certificate and its key");
    start(config, then)
}

/// A service that wants a certificate of its clients, by this authority.
pub fn demanding(authority: &Authority, identity: Identity) -> Peer {
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from_pem_slice(authority.0.pem().as_bytes()).expect("a root");
    roots.add(root).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .expect("versions")
        .with_client_cert_verifier(verifier.expect("a verifier"))
        .with_single_cert(identity.chain, identity.key)
        .expect("a certificate and its key");
    start(config, |stream, heard| {
        serve(stream, heard);
        // What the client has sent by now would turn the end into a reset, and the alert would be lost.
        let _ = stream.sock.shutdown(std::net::Shutdown::Write);
        while matches!(std::io::Read::read(&mut stream.sock, &mut [0; 512]), Ok(1..)) {}
    })
}

fn start(
    config: ServerConfig,
    then: impl Fn(&mut StreamOwned<ServerConnection, TcpStream>, &Heard) + Send + Sync + 'static,
) -> Peer {
    let config = Arc::new(config);
    Peer::start(move |stream, heard| {
        let connection = ServerConnection::new(config.clone()).expect("a connection");
        then(&mut StreamOwned::new(connection, stream), heard);
    })
}
