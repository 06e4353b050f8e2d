//! A way to the server through a proxy: CONNECT, or SOCKS.

use super::head::{self, Finder};
use super::proxy_rules::{ProxyKind, ProxyUrl};
use super::socks::Socks;
pub use super::socks::Target;
use super::stream::Stream;
use super::{AGENT, ErrorKind, HEAD_LIMIT, Origin, Stage, TransportError};
use base64::Engine;
use std::io::{self, Read, Write};
use ureq_proto::client::MAX_RESPONSE_HEADERS;
use ureq_proto::parser::try_parse_response;
use zeroize::Zeroizing;

/// What is said to a proxy, and what it says.
pub struct Tunnel {
    out: Zeroizing<Vec<u8>>,
    gone: usize,
    input: Vec<u8>,
    talk: Talk,
}

enum Talk {
    Connect { interim: usize, finder: Finder },
    Socks(Socks),
}

impl Tunnel {
    pub fn begin(proxy: &ProxyUrl, origin: &Origin, target: Target<'_>) -> Result<Tunnel, TransportError> {
        let (out, talk) = match proxy.kind {
            ProxyKind::Http | ProxyKind::Https => {
                (connect(proxy, origin), Talk::Connect { interim: 0, finder: Finder::default() })
            }
            _ => {
                let (socks, out) = Socks::begin(proxy, &target, origin.port)?;
                (out, Talk::Socks(socks))
            }
        };
        Ok(Tunnel { out, gone: 0, input: Vec::new(), talk })
    }

    /// Whether bytes are to be written.
    pub fn writes(&self) -> bool {
        self.gone < self.out.len()
    }

    /// Goes on as far as it can; whether the tunnel is open.
    pub fn advance(&mut self, stream: &mut Stream) -> Result<bool, TransportError> {
        loop {
            let wrote = self.write(stream);
            match self.read(stream)? {
                Came::Open => return Ok(true),
                Came::Answer(out) => {
                    self.out = out;
                    self.gone = 0;
                }
                Came::Nothing => {
                    return match wrote {
                        Err(e) if e.kind() != io::ErrorKind::WouldBlock => Err(TransportError::of(Stage::Tunnel, &e)),
                        _ => Ok(false),
                    };
                }
            }
        }
    }

    fn write(&mut self, stream: &mut Stream) -> io::Result<()> {
        while self.writes() {
            match stream.write(&self.out[self.gone..])? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                taken => self.gone += taken,
            }
        }
        if stream.holds() { stream.flush() } else { Ok(()) }
    }

    /// Reads no byte behind what the proxy has to say.
    fn read(&mut self, stream: &mut Stream) -> Result<Came, TransportError> {
        let mut buffer = [0; 1024];
        loop {
            let most = match &self.talk {
                Talk::Connect { .. } => buffer.len(),
                Talk::Socks(socks) => socks.wanted(&self.input).min(buffer.len()),
            };
            let came = match stream.read(&mut buffer[..most]) {
                Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(Came::Nothing),
                other => other,
            };
            let came = came.map_err(|e| {
                let mut error = TransportError::of(Stage::Tunnel, &e);
                error.why = format!("the proxy ended the connection: {}", error.why);
                error
            })?;
            self.input.extend_from_slice(&buffer[..came]);
            match &mut self.talk {
                Talk::Connect { interim, finder } => {
                    if read_connect(&mut self.input, interim, finder)? {
                        return Ok(Came::Open);
                    }
                }
                Talk::Socks(socks) if socks.wanted(&self.input) == 0 => {
                    let step = socks.take(&self.input)?;
                    self.input.clear();
                    match step {
                        Some(out) => return Ok(Came::Answer(out)),
                        None => return Ok(Came::Open),
                    }
                }
                Talk::Socks(_) => {}
            }
        }
    }
}

/// What a read came to.
enum Came {
    Nothing,
    /// The proxy is to be told more.
    Answer(Zeroizing<Vec<u8>>),
    Open,
}

fn connect(proxy: &ProxyUrl, origin: &Origin) -> Zeroizing<Vec<u8>> {
    let authority = origin.authority();
    let login = proxy.login.as_ref().map(|(user, password)| {
        let pair = Zeroizing::new(format!("{}:{}", user.expose(), password.expose()));
        Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(pair.as_bytes()))
    });
    let mut out = Zeroizing::new(Vec::with_capacity(256 + 2 * authority.len() + login.as_ref().map_or(0, |l| l.len())));
    let head = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\nUser-Agent: {AGENT}\r\n");
    out.extend_from_slice(head.as_bytes());
    if let Some(login) = login {
        out.extend_from_slice(b"Proxy-Authorization: Basic ");
        out.extend_from_slice(login.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"\r\n");
    out
}

/// Whether the proxy has agreed.
pub(super) fn read_connect(
    input: &mut Vec<u8>,
    interim: &mut usize,
    finder: &mut Finder,
) -> Result<bool, TransportError> {
    let odd = |why: String, input: &[u8]| {
        const MOST: usize = 512;
        let mut error = TransportError::new(Stage::Tunnel, ErrorKind::Protocol, why);
        error.head = Some(input[..input.len().min(MOST)].to_vec());
        error
    };
    loop {
        if !head::may_begin(input) {
            let mut error = odd("the proxy's reply is not HTTP/1".to_owned(), input);
            error.stage = Stage::ProxyTcp;
            return Err(error);
        }
        let end = finder.end(input);
        if *interim + end.unwrap_or(input.len()) > HEAD_LIMIT {
            return Err(odd(format!("the head of the proxy's reply is longer than {HEAD_LIMIT} bytes"), input));
        }
        let Some(end) = end else { return Ok(false) };
        *finder = Finder::default();
        let clean = head::clean(&input[..end]);
        let status = match try_parse_response::<MAX_RESPONSE_HEADERS>(&clean.bytes) {
            Ok(Some((_, response))) => response.status().as_u16(),
            Ok(None) => return Err(odd("the head of the proxy's reply has no end".to_owned(), input)),
            Err(e) => return Err(odd(format!("the head of the proxy's reply cannot be read: {e}"), input)),
        };
        match status {
            100..200 if status != 101 => {
                input.drain(..end);
                *interim += end;
            }
            200..300 if input.len() > end => {
                return Err(odd("the proxy sent bytes after its reply to CONNECT".to_owned(), &input[end..]));
            }
            200..300 => return Ok(true),
            407 => {
                let why = "the proxy needs a login, or another one (407)";
                return Err(TransportError::new(Stage::ProxyLogin, ErrorKind::Login, why));
            }
            _ => {
                let why = format!("the proxy answered CONNECT with status {status}");
                return Err(TransportError::new(Stage::Tunnel, ErrorKind::Refused, why));
            }
        }
    }
}
