//! One connection from its first request to its end.

use super::connections::ConnectionGuard;
use super::limits::Limits;
use super::plan::{Body, End, Handler, Head, Plan, Raw, Reply, Unreadable};
use super::stream::{Clock, Phase, TimedStream};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

/// Serves one connection until it ends, gives itself up for raw bytes, or is told to close.
pub(super) async fn serve<H: Handler>(
    stream: TcpStream,
    peer: SocketAddr,
    handler: Arc<H>,
    limits: Limits,
    mut close: watch::Receiver<()>,
    clock: Clock,
    _place: ConnectionGuard,
) {
    // Answers are small: without this each could wait for the peer's acknowledgement. A failure only costs speed.
    let _ = stream.set_nodelay(true);
    let io = TokioIo::new(TimedStream::new(stream, clock.clone(), limits));
    let raw: Arc<Mutex<Option<Raw>>> = Arc::default();
    let unread: Arc<AtomicBool> = Arc::default();
    let service = {
        let (raw, unread) = (raw.clone(), unread.clone());
        service_fn(move |request| {
            let work = answer(request, peer, handler.clone(), limits, clock.clone(), raw.clone(), unread.clone());
            Box::pin(work) as Pin<Box<dyn Future<Output = _> + Send>>
        })
    };
    let mut connection = http1::Builder::new()
        // TimedStream keeps the time.
        .header_read_timeout(None)
        .max_buf_size(limits.header_bytes.max(8192))
        .serve_connection(io, service);
    let mut closing = Box::pin(async move {
        let _ = close.changed().await;
    });
    let mut closing_started = false;
    let end = std::future::poll_fn(|cx| {
        if !closing_started && closing.as_mut().poll(cx).is_ready() {
            closing_started = true;
            Pin::new(&mut connection).graceful_shutdown();
        }
        connection.poll_without_shutdown(cx)
    });
    // An error is the peer's, or our own Raw: nobody is left to tell.
    let _ = end.await;
    let taken = raw.lock().unwrap_or_else(PoisonError::into_inner).take();
    let mut stream = connection.into_parts().io.into_inner().into_inner();
    match taken {
        Some(raw) => send_raw(stream, raw, limits).await,
        None => {
            let _ = stream.shutdown().await;
            if unread.load(Ordering::Relaxed) {
                // Closing a socket with unread bytes resets it, and the peer could lose the answer over that.
                let _ = tokio::time::timeout(LINGER, gone(&mut stream)).await;
            }
        }
    }
}

/// How long a peer may go on sending what was refused.
const LINGER: Duration = Duration::from_millis(500);

/// Tells the HTTP library to let go of the connection.
#[derive(Debug)]
struct LetGo;

impl fmt::Display for LetGo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is answered outside HTTP")
    }
}

impl std::error::Error for LetGo {}

async fn answer<H: Handler>(
    request: Request<Incoming>,
    peer: SocketAddr,
    handler: Arc<H>,
    limits: Limits,
    clock: Clock,
    raw: Arc<Mutex<Option<Raw>>>,
    unread: Arc<AtomicBool>,
) -> Result<Response<Body>, LetGo> {
    let (parts, body) = request.into_parts();
    let (path, query) = (parts.uri.path(), parts.uri.query());
    let head = Head { method: parts.method.as_str(), path, query, peer, headers: &parts.headers };
    let empty = body.is_end_stream();
    let (plan, read) = match handler.head(&head) {
        Some(plan) => (plan, empty),
        None => match collect(body, &limits, &clock).await {
            Ok(body) => (handler.request(&head, &body), true),
            Err(why) => (handler.unreadable(&head, why), false),
        },
    };
    clock.enter(Phase::Answer);
    let Plan { delay, reply } = plan;
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    match reply {
        Reply::Answer { status, content_type, headers, body } => {
            let mut response = Response::new(body);
            *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let out = response.headers_mut();
            out.insert(hyper::header::CONTENT_TYPE, HeaderValue::from_static(content_type));
            if !read {
                unread.store(true, Ordering::Relaxed);
                out.insert(hyper::header::CONNECTION, HeaderValue::from_static("close"));
            }
            for (name, value) in headers {
                if let Ok(value) = HeaderValue::try_from(value) {
                    out.insert(HeaderName::from_static(name), value);
                }
            }
            Ok(response)
        }
        Reply::Raw(bytes) => {
            *raw.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes);
            Err(LetGo)
        }
    }
}

async fn collect(body: Incoming, limits: &Limits, clock: &Clock) -> Result<Bytes, Unreadable> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    if body.size_hint().lower() > limits.body_bytes as u64 {
        return Err(Unreadable::TooLarge);
    }
    clock.enter(Phase::Body);
    match Limited::new(body, limits.body_bytes).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(Unreadable::TooLarge),
        Err(_) => Err(Unreadable::Broken),
    }
}

async fn send_raw(mut stream: TcpStream, raw: Raw, limits: Limits) {
    let paced_from = raw.pace.map_or(raw.bytes.len(), |(from, _)| from.min(raw.bytes.len()));
    let (at_once, paced) = raw.bytes.split_at(paced_from);
    let mut fine = write(&mut stream, at_once, limits.write).await;
    for byte in paced {
        if !fine {
            break;
        }
        tokio::time::sleep(raw.pace.map_or(Duration::ZERO, |(_, pause)| pause)).await;
        fine = write(&mut stream, std::slice::from_ref(byte), limits.write).await;
    }
    if fine && !raw.hold.is_zero() {
        let _ = tokio::time::timeout(raw.hold, gone(&mut stream)).await;
    }
    match raw.end {
        End::Reset => {
            let _ = stream.set_zero_linger();
        }
        End::Close => {
            let _ = stream.shutdown().await;
        }
    }
}

async fn write(stream: &mut TcpStream, bytes: &[u8], limit: Duration) -> bool {
    matches!(tokio::time::timeout(limit, stream.write_all(bytes)).await, Ok(Ok(())))
}

/// Returns when the peer has closed the connection.
async fn gone(stream: &mut TcpStream) {
    let mut bin = [0; 512];
    while matches!(stream.read(&mut bin).await, Ok(n) if n > 0) {}
}
