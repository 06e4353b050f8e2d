//! The sending half of an exchange.

use super::fast_head;
use super::stream::Stream;
use super::{AGENT, BUFFER};
use crate::secret::Secret;
use std::io::{self, IoSlice, Write};
use std::sync::Arc;
use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use ureq::http::{HeaderValue, Method, Uri};
use ureq_proto::client::state::RecvResponse;
use ureq_proto::client::{Call, SendRequestResult};

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

/// What a reply of an unusual kind is read with.
pub struct Asked {
    url: Uri,
    size: Option<usize>,
}

/// A request on its way out.
pub struct Sending {
    head: Vec<u8>,
    body: Option<Arc<Secret>>,
    /// Bytes of both that have left.
    gone: usize,
}

impl Sending {
    /// Writes the head.
    pub fn begin(request: Request) -> (Sending, Asked) {
        let Request { url, body } = request;
        let size = body.as_ref().map(|body| body.expose().len());
        let head = fast_head::request(&url, size);
        (Sending { head, body, gone: 0 }, Asked { url, size })
    }

    /// Whether bytes have left, or TLS has them.
    pub fn begun(&self) -> bool {
        self.gone > 0
    }

    /// Whether all have.
    pub fn done(&self) -> bool {
        self.gone >= self.head.len() + self.body().len()
    }

    /// Whether the request is so large that a reply may come before the server has all of it.
    pub fn large(&self) -> bool {
        self.head.len() + self.body().len() > BUFFER
    }

    fn body(&self) -> &[u8] {
        self.body.as_ref().map_or(&[][..], |body| body.expose().as_bytes())
    }

    /// Writes what the stream takes; `WouldBlock` when that is not all.
    pub fn advance(&mut self, stream: &mut Stream) -> io::Result<()> {
        while !self.done() {
            let head = self.head.get(self.gone..).unwrap_or_default();
            let body = self.body().get(self.gone.saturating_sub(self.head.len())..).unwrap_or_default();
            // Together: two writes would be two packets, or two records of TLS.
            match stream.write_vectored(&[IoSlice::new(head), IoSlice::new(body)])? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                taken => self.gone += taken,
            }
        }
        if stream.holds() { stream.flush() } else { Ok(()) }
    }
}

impl Asked {
    /// The state of ureq-proto in which it has sent the request and reads the reply; and the head that it wrote.
    pub fn call(&self) -> Result<(Call<RecvResponse>, Vec<u8>), ureq_proto::Error> {
        let mut request = ureq::http::Request::new(());
        *request.uri_mut() = self.url.clone();
        let headers = request.headers_mut();
        if self.url.host().is_some_and(|host| host.contains('%'))
            && let Ok(host) = HeaderValue::try_from(fast_head::host(&self.url))
        {
            headers.insert(HOST, host);
        }
        if let Some(size) = self.size {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert(CONTENT_LENGTH, HeaderValue::from(size));
            *request.method_mut() = Method::POST;
        }
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json, text/plain"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let mut call = Call::new(request)?.proceed();
        let path = self.url.path_and_query().map_or(0, |path| path.as_str().len());
        let mut written = vec![0; 512 + path + self.url.host().map_or(0, str::len)];
        let mut filled = 0;
        while !call.can_proceed() {
            filled += call.write(written.get_mut(filled..).unwrap_or_default())?;
        }
        written.truncate(filled);
        let call = match call.proceed()? {
            Some(SendRequestResult::RecvResponse(call)) => Some(call),
            Some(SendRequestResult::SendBody(mut call)) => {
                // The bytes go from here, early replies or not.
                call.consume_direct_write(self.size.unwrap_or_default())?;
                call.proceed()
            }
            Some(SendRequestResult::Await100(_)) | None => None,
        };
        let call = call.ok_or(ureq_proto::Error::BodyNotAllowed)?;
        Ok((call, written))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_the_one_that_ureq_proto_writes() {
        for url in [
            "http://127.0.0.1:8080/createTask",
            "https://api.example.com/getTaskResult",
            "https://api.example.com:443/v1/getBalance?a=b",
            "https://api.example.com:80/",
            "http://[::1]:81",
        ] {
            for body in [Some("{}"), None] {
                let body = body.map(|text| Arc::new(Secret::new(text.to_owned())));
                let (sending, asked) = Sending::begin(Request::new(url.parse().expect(url), body));
                let lines = |head: &[u8]| {
                    let mut lines: Vec<String> =
                        String::from_utf8_lossy(head).split("\r\n").map(String::from).collect();
                    lines[1..].sort();
                    lines
                };
                let (_, theirs) = asked.call().expect(url);
                assert_eq!(lines(&sending.head), lines(&theirs), "{url}");
                assert!(sending.head.ends_with(b"\r\n\r\n"), "{url}");
            }
        }
    }
}
