//! What the fuzz targets reach of this room: the readers of bytes that servers and proxies send, without a socket.

use super::head::{self, Finder};
use super::receive::{Keep, Receiving};
use super::send::{Request, Sending};
use super::socks::Socks;
use super::tunnel::{self, Target};
use super::{ProxyUrl, Reply, TransportError};

/// What came of a reply.
#[derive(Debug)]
pub enum Read {
    /// The reply, and whether its connection may be used again.
    Reply(Reply, bool),
    /// Refused, with the first bytes when it was the head.
    Refused(String, Option<Vec<u8>>),
    /// The connection ended before the reply did: its status, if any, and the bytes of its body.
    Cut(Option<(u16, Vec<u8>)>),
}

/// Reads a reply that comes in these pieces, and then the end of the connection.
pub fn reply<'b>(pieces: impl IntoIterator<Item = &'b [u8]>) -> Read {
    let request = Request::new(ureq::http::Uri::from_static("http://localhost/"), None);
    let (_, asked) = Sending::begin(request);
    let mut receiving = Receiving::new(asked);
    for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
        match receiving.take(piece) {
            Ok(Some((reply, keep))) => return Read::Reply(reply, keep != Keep::Close),
            Ok(None) => {}
            Err(wrong) => return Read::Refused(wrong.why, receiving.head().filter(|_| wrong.in_head)),
        }
    }
    match receiving.end() {
        Some(reply) => Read::Reply(reply, false),
        None => Read::Cut(receiving.part()),
    }
}

/// The head with what cannot be read left out, or why its length is in doubt. `None` when it has no end.
pub fn clean(bytes: &[u8]) -> Option<Result<Vec<u8>, &'static str>> {
    let end = Finder::default().end(bytes)?;
    let clean = head::clean(bytes.get(..end)?);
    Some(clean.doubt.map_or_else(|| Ok(clean.bytes.into_owned()), Err))
}

/// Reads a proxy's reply to CONNECT that comes in these pieces: whether the tunnel is open at the end of them.
pub fn connect<'b>(pieces: impl IntoIterator<Item = &'b [u8]>) -> Result<bool, TransportError> {
    let (mut input, mut interim, mut finder) = (Vec::new(), 0, Finder::default());
    for piece in pieces {
        input.extend_from_slice(piece);
        if tunnel::read_connect(&mut input, &mut interim, &mut finder)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Talks to a SOCKS proxy that says these bytes: whether the tunnel is open, and how many of them were read.
pub fn socks(proxy: &ProxyUrl, host: &str, port: u16, said: &[u8]) -> Result<(bool, usize), TransportError> {
    let target = host.parse().map_or(Target::Name(host), Target::Address);
    let (mut socks, _) = Socks::begin(proxy, &target, port)?;
    let (mut read, mut turn) = (0, Vec::new());
    loop {
        while socks.wanted(&turn) > 0 {
            let wanted = socks.wanted(&turn);
            let Some(more) = said.get(read..read + wanted) else { return Ok((false, read)) };
            turn.extend_from_slice(more);
            read += wanted;
        }
        if socks.take(&turn)?.is_none() {
            return Ok((true, read));
        }
        turn.clear();
    }
}
