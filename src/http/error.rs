//! Why there is no connection or no reply.

use rustls::AlertDescription;
use std::io;

/// How far an exchange had come when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Looking up a name.
    Name,
    /// Connecting to the server.
    Tcp,
    /// Connecting to the proxy, or its first words are none of its protocol.
    ProxyTcp,
    /// Agreeing on TLS with the proxy.
    ProxyTls,
    /// Logging in to the proxy.
    ProxyLogin,
    /// Asking the proxy for a tunnel.
    Tunnel,
    /// Agreeing on TLS with the server.
    TlsHello,
    /// Checking the server's certificate.
    Certificate,
    /// The server refused TLS by an alert.
    Alert,
    /// Nothing of the reply has come.
    FirstByte,
    /// A part of the reply has come.
    Exchange,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Time was up.
    Timeout,
    /// The peer said no.
    Refused,
    /// The connection ended too early.
    Cut,
    /// The proxy wants another login.
    Login,
    /// The certificate is not accepted.
    Certificate,
    /// The peer does not keep to the protocol.
    Protocol,
    /// The caller gave up.
    Stopped,
    /// Anything else.
    Other,
}

/// A failed dial or exchange.
#[derive(Debug)]
pub struct TransportError {
    /// How far it had come.
    pub stage: Stage,
    /// Whether a byte of the request was handed to the system or to TLS.
    pub sent: bool,
    /// What went wrong.
    pub kind: ErrorKind,
    /// What happened, without any secret.
    pub why: String,
    /// What came of a reply that broke off: its status and the beginning of its body.
    pub part: Option<(u16, Vec<u8>)>,
    /// The first bytes of a reply whose head cannot be read.
    pub head: Option<Vec<u8>>,
}

impl TransportError {
    /// Before anything of a request was sent.
    pub(super) fn new(stage: Stage, kind: ErrorKind, why: impl Into<String>) -> Self {
        TransportError { stage, sent: false, kind, why: why.into(), part: None, head: None }
    }

    /// A failure of a connection that is being made: of its socket or of TLS on it.
    pub(super) fn of(stage: Stage, error: &io::Error) -> Self {
        use rustls::Error as Tls;
        let shaking = matches!(stage, Stage::TlsHello | Stage::ProxyTls);
        let own = |other| if stage == Stage::TlsHello { other } else { stage };
        let (stage, kind) = match tls_error(error) {
            Some(Tls::InvalidCertificate(_) | Tls::NoCertificatesPresented) => {
                (own(Stage::Certificate), ErrorKind::Certificate)
            }
            Some(Tls::AlertReceived(alert)) if refuses(*alert) => (own(Stage::Alert), ErrorKind::Refused),
            // Such as an internal error of the peer: it did not refuse.
            Some(Tls::AlertReceived(_)) => (stage, ErrorKind::Cut),
            Some(_) => (stage, ErrorKind::Protocol),
            None => (stage, kind_of(error)),
        };
        let why = if shaking && kind == ErrorKind::Cut {
            format!("the connection ended during the TLS handshake: {}", words(error))
        } else {
            words(error)
        };
        TransportError::new(stage, kind, why)
    }
}

/// What a socket's error means.
pub(super) fn kind_of(error: &io::Error) -> ErrorKind {
    use io::ErrorKind as Io;
    match error.kind() {
        Io::TimedOut => ErrorKind::Timeout,
        Io::ConnectionRefused => ErrorKind::Refused,
        Io::UnexpectedEof | Io::ConnectionReset | Io::ConnectionAborted | Io::BrokenPipe | Io::WriteZero => {
            ErrorKind::Cut
        }
        _ => ErrorKind::Other,
    }
}

/// The error in words. Errors of the system and of rustls name no header and no body.
pub(super) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof if tls_error(error).is_none() => "the peer closed the connection".to_owned(),
        _ => error.to_string(),
    }
}

/// The TLS error in an error of a stream.
pub(super) fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

/// Whether a peer that sends this alert refuses the handshake: another try does not mend it.
pub(super) fn refuses(alert: AlertDescription) -> bool {
    matches!(u8::from(alert), 40 | 42..=49 | 51 | 70 | 71 | 109 | 112 | 116 | 120)
}
