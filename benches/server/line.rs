//! One connection of a client, plain or through TLS: requests out of bytes, replies into bytes.

use mio::net::TcpStream;
use rustls::{ServerConfig, ServerConnection};
use std::io::{self, Read, Write};
use std::sync::Arc;

/// A connection.
pub struct Line {
    socket: TcpStream,
    tls: Option<Box<ServerConnection>>,
    input: Vec<u8>,
    output: Vec<u8>,
}

/// A whole request.
pub struct Request {
    /// `/getBalance`.
    pub path: String,
    /// Its body.
    pub body: String,
}

impl Line {
    /// A connection about to begin.
    pub fn new(socket: TcpStream, tls: Option<&Arc<ServerConfig>>) -> Line {
        let tls = tls.and_then(|config| ServerConnection::new(config.clone()).ok()).map(Box::new);
        Line { socket, tls, input: Vec::new(), output: Vec::new() }
    }

    /// Takes in what the socket has; `false` when it has ended.
    pub fn read(&mut self) -> bool {
        let mut bytes = [0; 16 * 1024];
        loop {
            let came = match &mut self.tls {
                None => self.socket.read(&mut bytes),
                Some(tls) => tls.read_tls(&mut self.socket),
            };
            match came {
                Ok(0) => return false,
                Ok(count) if self.tls.is_none() => {
                    self.input.extend_from_slice(bytes.get(..count).unwrap_or_default());
                }
                Ok(_) => {}
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => return true,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
            if let Some(tls) = &mut self.tls {
                if tls.process_new_packets().is_err() {
                    return false;
                }
                while let Ok(count @ 1..) = tls.reader().read(&mut bytes) {
                    self.input.extend_from_slice(bytes.get(..count).unwrap_or_default());
                }
            }
        }
    }

    /// The next whole request that has come.
    pub fn request(&mut self) -> Option<Request> {
        let end = self.input.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let head = String::from_utf8_lossy(self.input.get(..end)?).into_owned();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        let whole = end + length.unwrap_or(0);
        let body = String::from_utf8_lossy(self.input.get(end..whole)?).into_owned();
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        self.input.drain(..whole);
        Some(Request { path, body })
    }

    /// Takes a reply; [`Line::flush`] sends it.
    pub fn write(&mut self, reply: &[u8]) {
        match &mut self.tls {
            None => self.output.extend_from_slice(reply),
            // It takes all: replies are shorter than what it may hold.
            Some(tls) => _ = tls.writer().write_all(reply),
        }
    }

    /// Sends what the socket takes; `false` when it has failed.
    pub fn flush(&mut self) -> bool {
        loop {
            let gone = match &mut self.tls {
                Some(tls) if tls.wants_write() => tls.write_tls(&mut self.socket),
                None if !self.output.is_empty() => self.socket.write(&self.output),
                _ => return true,
            };
            match gone {
                Ok(count) if self.tls.is_none() => _ = self.output.drain(..count),
                Ok(_) => {}
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => return true,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
    }
}
