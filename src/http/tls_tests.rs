//! TLS against rustls servers on loopback, driven by a reactor.

use super::roots::Anchors;
use super::*;
use mio::{Events, Poll, Token};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, Stream};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A server with a certificate of its own, which may want one of its clients.
fn serve(wants_client: bool) -> (SocketAddr, CertificateDer<'static>, JoinHandle<()>) {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let cert = own.cert.der().clone();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = builder.expect("versions");
    let builder = if wants_client {
        let mut roots = RootCertStore::empty();
        roots.add(cert.clone()).expect("a root");
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
        builder.with_client_cert_verifier(verifier.expect("a verifier"))
    } else {
        builder.with_no_client_auth()
    };
    let config = Arc::new(builder.with_single_cert(vec![cert.clone()], key).expect("a server"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = thread::spawn(move || {
        let mut socket = listener.accept().expect("a connection").0;
        let mut tls = ServerConnection::new(config).expect("a connection");
        let mut stream = Stream::new(&mut tls, &mut socket);
        let mut bytes = [0; 4096];
        // The client ends it.
        while let Ok(1..) = stream.read(&mut bytes) {
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{}", "x".repeat(100_000));
            if stream.write_all(answer.as_bytes()).is_err() {
                break;
            }
        }
        // What the client has sent by now would turn the end into a reset.
        let _ = socket.shutdown(std::net::Shutdown::Write);
        while let Ok(1..) = socket.read(&mut bytes) {}
    });
    (address, cert, server)
}

/// Waits for the reactor's next events.
fn wait(poll: &mut Poll) {
    let mut events = Events::with_capacity(8);
    poll.poll(&mut events, Some(Duration::from_secs(20))).expect("events");
    assert!(!events.is_empty(), "nothing came");
}

fn connect(poll: &mut Poll, address: SocketAddr, roots: Vec<CertificateDer<'static>>) -> Step {
    let origin = Origin { https: true, host: "localhost".to_owned(), port: address.port() };
    let dialer = Arc::new(Dialer::new(Proxies::none(), Anchors::These(roots.into()), Duration::from_secs(20)));
    let waker = mio::Waker::new(poll.registry(), Token(1)).expect("a waker");
    let wake: Wake = Arc::new(move || waker.wake().expect("woken"));
    let mut dial = Dial::begin(&dialer, &origin, Instant::now() + Duration::from_secs(20), wake);
    loop {
        match dial.advance(Instant::now(), Some((poll.registry(), Token(0)))) {
            Step::Pending => {}
            other => return other,
        }
        let left = dial.timer().map(|timer| timer.saturating_duration_since(Instant::now()));
        poll.poll(&mut Events::with_capacity(8), left).expect("events");
    }
}

fn get(poll: &mut Poll, connection: Box<Connection>) -> Moved {
    let request = Request::new("https://localhost/x".parse().expect("a URL"), None);
    let mut exchange = Exchange::begin(connection, request, Instant::now() + Duration::from_secs(20));
    loop {
        match exchange.advance(Instant::now()) {
            Moved::Pending => wait(poll),
            other => return other,
        }
    }
}

#[test]
fn a_reactor_moves_exchanges_over_tls() {
    let (address, cert, server) = serve(false);
    let mut poll = Poll::new().expect("a poll");
    let Step::Done(mut connection) = connect(&mut poll, address, vec![cert]) else { panic!("not connected") };
    for _ in 0..3 {
        assert!(connection.registered() && connection.is_open());
        match get(&mut poll, connection) {
            Moved::Done(reply, Some(kept)) => {
                assert_eq!(reply.body.len(), 100_000);
                connection = kept;
            }
            Moved::Done(_, None) => panic!("not kept"),
            Moved::Broken(error) => panic!("{error:?}"),
            Moved::Pending => unreachable!(),
        }
    }
    drop(connection);
    server.join().expect("served");
}

#[test]
fn strange_certificates_and_cut_handshakes_are_different_stages() {
    let (address, _, server) = serve(false);
    let mut poll = Poll::new().expect("a poll");
    let Step::Failed(error) = connect(&mut poll, address, Vec::new()) else { panic!("connected") };
    assert_eq!((error.stage, error.kind), (Stage::Certificate, ErrorKind::Certificate), "{error:?}");
    server.join().expect("served");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = thread::spawn(move || {
        let mut socket = listener.accept().expect("a connection").0;
        socket.read_exact(&mut [0; 5]).expect("a hello");
    });
    let mut poll = Poll::new().expect("a poll");
    let Step::Failed(error) = connect(&mut poll, address, Vec::new()) else { panic!("connected") };
    assert_eq!((error.stage, error.kind), (Stage::TlsHello, ErrorKind::Cut), "{error:?}");
    server.join().expect("served");
}

#[test]
fn a_server_that_wants_a_certificate_refuses_after_the_request_was_sent() {
    let (address, cert, server) = serve(true);
    let mut poll = Poll::new().expect("a poll");
    let Step::Done(connection) = connect(&mut poll, address, vec![cert]) else { panic!("not connected") };
    let Moved::Broken(error) = get(&mut poll, connection) else { panic!("a reply") };
    assert_eq!((error.stage, error.kind, error.sent), (Stage::Alert, ErrorKind::Refused, true), "{error:?}");
    server.join().expect("served");
}
