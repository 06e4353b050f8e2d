//! Bytes over a socket, plain or through TLS, without blocking.

use crate::sys;
use mio::net::TcpStream;
use rustls::ClientConnection;
use std::io::{self, IoSlice, Read, Write};

/// What TLS may hold of a request that the socket does not take.
const HELD: usize = 64 * 1024;

/// A connection's bytes. TLS may be around TLS: to the proxy, and through it to the server.
pub enum Stream {
    /// The socket itself.
    Plain(Plain),
    /// TLS around another stream.
    Tls(Box<Secured>),
}

/// A socket.
pub struct Plain {
    socket: TcpStream,
    /// Whether a read waits for something to come.
    waits: bool,
}

impl From<TcpStream> for Stream {
    fn from(socket: TcpStream) -> Stream {
        Stream::Plain(Plain { socket, waits: false })
    }
}

/// TLS and what it runs over.
pub struct Secured {
    tls: ClientConnection,
    below: Stream,
}

impl Stream {
    /// TLS around this stream; the handshake is still to be made.
    pub fn secure(self, mut tls: ClientConnection) -> Stream {
        tls.set_buffer_limit(Some(HELD));
        Stream::Tls(Box::new(Secured { tls, below: self }))
    }

    /// The socket.
    pub fn socket(&self) -> &TcpStream {
        match self {
            Stream::Plain(plain) => &plain.socket,
            Stream::Tls(secured) => secured.below.socket(),
        }
    }

    /// The socket.
    pub fn socket_mut(&mut self) -> &mut TcpStream {
        match self {
            Stream::Plain(plain) => &mut plain.socket,
            Stream::Tls(secured) => secured.below.socket_mut(),
        }
    }

    /// Has reads wait for something to come, where [`sys::let_wait`] was granted.
    pub fn wait(&mut self, waits: bool) {
        match self {
            Stream::Plain(plain) => plain.waits = waits,
            Stream::Tls(secured) => secured.below.wait(waits),
        }
    }

    /// Goes on with the handshake; `WouldBlock` while it is not done.
    pub fn shake(&mut self) -> io::Result<()> {
        match self {
            Stream::Plain(_) => Ok(()),
            Stream::Tls(secured) => secured.shake(),
        }
    }

    /// Whether TLS has bytes that the socket did not take.
    pub fn holds(&self) -> bool {
        match self {
            Stream::Plain(_) => false,
            Stream::Tls(secured) => secured.tls.wants_write() || secured.below.holds(),
        }
    }

    /// Why the connection cannot be used: it has ended, or something has come unasked. In one system call as a rule.
    pub fn fault(&mut self) -> Option<io::Error> {
        let unasked = || io::Error::new(io::ErrorKind::InvalidData, "the server sent unexpected bytes");
        let peeked = sys::peek(self.socket());
        let waits = matches!(&peeked, Err(e) if e.kind() == io::ErrorKind::WouldBlock);
        let came = match self {
            Stream::Plain(_) if waits => return None,
            Stream::Plain(_) => peeked,
            Stream::Tls(secured) if waits => return (!secured.is_empty()).then(unasked),
            // TLS's own words, such as tickets, are no reply.
            Stream::Tls(_) => self.read(&mut [0]),
        };
        match came {
            Ok(0) => Some(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) => Some(unasked()),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => None,
            Err(e) => Some(e),
        }
    }
}

impl Secured {
    fn push(&mut self) -> io::Result<()> {
        while self.tls.wants_write() {
            if self.tls.write_tls(&mut self.below)? == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
        }
        self.below.flush()
    }

    /// Takes in what the socket has; 0 when it has ended.
    fn pull(&mut self) -> io::Result<usize> {
        let came = self.tls.read_tls(&mut self.below)?;
        if let Err(error) = self.tls.process_new_packets() {
            // Our alert; the connection is lost anyway.
            let _ = self.push();
            return Err(io::Error::new(io::ErrorKind::InvalidData, error));
        }
        Ok(came)
    }

    fn shake(&mut self) -> io::Result<()> {
        loop {
            match self.push() {
                Ok(()) => {}
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
                // Why the peer hung up may be there to read.
                Err(e) => loop {
                    match self.pull() {
                        Ok(0) => return Err(e),
                        Ok(_) => {}
                        Err(read) if super::error::tls_error(&read).is_some() => return Err(read),
                        Err(_) => return Err(e),
                    }
                },
            }
            if !self.tls.is_handshaking() {
                return Ok(());
            }
            if self.pull()? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// Whether nothing that was decrypted waits to be read.
    fn is_empty(&mut self) -> bool {
        use io::BufRead;
        matches!(self.tls.reader().fill_buf(), Err(e) if e.kind() == io::ErrorKind::WouldBlock)
    }
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let secured = match self {
            Stream::Plain(Plain { socket, waits }) => return uninterrupted(|| sys::receive(socket, bytes, *waits)),
            Stream::Tls(secured) => secured,
        };
        loop {
            match secured.tls.reader().read(bytes) {
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
                other => return other,
            }
            secured.pull()?;
            if secured.tls.wants_write() {
                // An answer of TLS's own, such as to a change of keys; what does not go now goes with the next write.
                let _ = secured.push();
            }
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[IoSlice::new(bytes)])
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let secured = match self {
            Stream::Plain(plain) => return uninterrupted(|| sys::send(&plain.socket, slices)),
            Stream::Tls(secured) => secured,
        };
        match secured.push() {
            Err(e) if e.kind() != io::ErrorKind::WouldBlock => return Err(e),
            _ => {}
        }
        let taken = secured.tls.writer().write_vectored(slices)?;
        if taken == 0 && slices.iter().any(|slice| !slice.is_empty()) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        // TLS has them: an error shows at the next write or read.
        let _ = secured.push();
        Ok(taken)
    }

    /// Hands what TLS holds to the socket; `WouldBlock` when that does not take all of it.
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Plain(_) => Ok(()),
            Stream::Tls(secured) => secured.push(),
        }
    }
}

fn uninterrupted<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
