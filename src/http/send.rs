//! The sending half of an exchange.

use super::stream::Stream;
use super::{AGENT, BUFFER};
use crate::client::secret::Secret;
use std::io::{self, Write};
use std::sync::Arc;
use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use ureq::http::{HeaderValue, Method, Uri};
use ureq_proto::client::state::RecvResponse;
use ureq_proto::client::{Call, SendRequestResult};
use zeroize::Zeroizing;

/// What is asked of the server: a POST of JSON, or a GET without a body.
pub struct Request {
    url: Uri,
    body: Option<Arc<Secret>>,
}

impl Request {
    /// To this absolute URL.
    pub fn new(url: Uri, body: Option<Arc<Secret>>) -> Request {
        Request { url, body }
    }
}

/// A request on its way out.
pub struct Sending {
    /// The head, and the body behind it when both fit into one write.
    first: Zeroizing<Vec<u8>>,
    /// The body, when it is not in there.
    body: Option<Arc<Secret>>,
    /// Bytes of both that have left.
    gone: usize,
}

impl Sending {
    /// Writes the head; the call that reads the reply.
    pub fn begin(request: Request) -> Result<(Sending, Call<RecvResponse>), ureq_proto::Error> {
        let Request { url, body } = request;
        let size = body.as_ref().map_or(0, |body| body.expose().len());
        let room = 512 + url.path_and_query().map_or(0, |path| path.as_str().len()) + url.host().map_or(0, str::len);
        let mut request = ureq::http::Request::new(());
        *request.uri_mut() = url;
        if body.is_some() {
            *request.method_mut() = Method::POST;
        }
        // The zone of an address is no business of the server.
        let host = request.uri().authority().map(|authority| authority.as_str()).filter(|host| host.contains('%'));
        let host = host.and_then(|host| {
            let (address, rest) = host.split_once('%')?;
            HeaderValue::try_from(format!("{address}]{}", rest.split_once(']')?.1)).ok()
        });
        let headers = request.headers_mut();
        if let Some(host) = host {
            headers.insert(HOST, host);
        }
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert(CONTENT_LENGTH, HeaderValue::from(size));
        }
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json, text/plain"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let mut call = Call::new(request)?.proceed();
        let whole = room + size <= BUFFER;
        // Never grows: what it held before would stay in memory.
        let mut first = Zeroizing::new(vec![0; if whole { room + size } else { room }]);
        let mut filled = 0;
        while !call.can_proceed() {
            filled += call.write(first.get_mut(filled..).unwrap_or_default())?;
        }
        let call = match call.proceed()? {
            Some(SendRequestResult::RecvResponse(call)) => Some(call),
            Some(SendRequestResult::SendBody(mut call)) => {
                // The bytes go from here, early replies or not.
                call.consume_direct_write(size)?;
                call.proceed()
            }
            Some(SendRequestResult::Await100(_)) | None => None,
        };
        let call = call.ok_or(ureq_proto::Error::BodyNotAllowed)?;
        first.truncate(filled);
        let body = match body {
            Some(body) if whole => {
                first.extend_from_slice(body.expose().as_bytes());
                None
            }
            other => other,
        };
        Ok((Sending { first, body, gone: 0 }, call))
    }

    /// Whether bytes have left, or TLS has them.
    pub fn begun(&self) -> bool {
        self.gone > 0
    }

    /// Whether all have.
    pub fn done(&self) -> bool {
        self.rest().is_empty()
    }

    /// Whether the request is so large that a reply may come before the server has all of it.
    pub fn large(&self) -> bool {
        self.body.is_some()
    }

    /// What is to be written next.
    fn rest(&self) -> &[u8] {
        if let Some(rest) = self.first.get(self.gone..).filter(|rest| !rest.is_empty()) {
            return rest;
        }
        let body = self.body.as_ref().map_or(&[][..], |body| body.expose().as_bytes());
        body.get(self.gone.saturating_sub(self.first.len())..).unwrap_or_default()
    }

    /// Writes what the stream takes; `WouldBlock` when that is not all.
    pub fn advance(&mut self, stream: &mut Stream) -> io::Result<()> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                break;
            }
            match stream.write(rest)? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                taken => self.gone += taken,
            }
        }
        if stream.holds() { stream.flush() } else { Ok(()) }
    }
}
