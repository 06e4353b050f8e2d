//! Callbacks: when a task with a `callbackUrl` is finished, its result is POSTed there. As the service does it: two
//! seconds for the receiver, its answer is ignored, and there is no second try. Why one was not delivered is told as
//! `lastFailure` and in the log.

use super::due::{Job, Next};
use super::secure::{Secure, without_login};
use super::shared::Shared;
use crate::log::{self, Level};
use crate::server::Background;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, mpsc};

/// How long a receiver may take.
const LIMIT: Duration = Duration::from_secs(2);
/// Deliveries at once; more wait their turn.
const WORKERS: usize = 32;
/// Finished results that wait for a worker; the rest stays in the schedule.
const QUEUE: usize = 256;
/// How long a connection without a delivery is still used: receivers close idle ones, and a delivery that crosses with
/// that would be lost.
const FRESH: Duration = Duration::from_millis(500);
/// Bytes of a receiver's answer that are read so that the connection can be used again.
const ANSWER: usize = 16 << 10;

/// The work that delivers a sandbox's callbacks on its server's thread.
pub(super) fn deliveries(shared: &Arc<Shared>) -> Vec<Background> {
    let (queue, jobs) = mpsc::channel(QUEUE);
    let jobs = Arc::new(Mutex::new(jobs));
    let secure = Arc::new(Secure::new(shared.state().service.config.callback_roots.clone(), LIMIT));
    let mut work: Vec<Background> = vec![Box::pin(schedule(shared.clone(), queue))];
    for _ in 0..WORKERS {
        work.push(Box::pin(worker(shared.clone(), jobs.clone(), secure.clone())));
    }
    work
}

async fn schedule(shared: Arc<Shared>, queue: mpsc::Sender<Job>) {
    loop {
        let next = {
            let mut state = shared.state();
            let next = state.service.next_callback(Instant::now());
            state.service.callbacks.sending += u64::from(matches!(next, Next::Deliver(..)));
            next
        };
        match next {
            Next::Deliver(job) => {
                if queue.send(job).await.is_err() {
                    return;
                }
            }
            Next::Wait(None) => shared.sooner.notified().await,
            Next::Wait(Some(at)) => {
                // Either way it looks again.
                let _ = tokio::time::timeout_at(at.into(), shared.sooner.notified()).await;
            }
        }
    }
}

async fn worker(shared: Arc<Shared>, jobs: Arc<Mutex<mpsc::Receiver<Job>>>, secure: Arc<Secure>) {
    let mut kept = None;
    loop {
        let job = jobs.lock().await.recv().await;
        let Some(Job { task, url, body }) = job else { return };
        let place = url.authority().map_or("", |authority| without_login(authority.as_str())).to_owned();
        let late = || Err(format!("no answer within {} s", LIMIT.as_secs()));
        let result = if url.scheme_str() == Some("https") {
            let secure = secure.clone();
            // It has the same limit; a thread that ends later than the sandbox touches nothing of it.
            let post = tokio::task::spawn_blocking(move || secure.post(&url, &body));
            post.await.unwrap_or_else(|_| Err(String::from("the delivery was interrupted")))
        } else {
            tokio::time::timeout(LIMIT, deliver(&mut kept, &url, body)).await.unwrap_or_else(|_| late())
        };
        let result = result.map_err(|why| format!("{place}: {why}"));
        if let Err(why) = &result {
            kept = None;
            if log::enabled(Level::Warn) {
                // The rest of the URL may be a secret. On a thread of its own: a sink may take its time.
                let line = format!("sandbox: the callback of task {task} was not delivered: {why}");
                tokio::task::spawn_blocking(move || log::warn(|| line));
            }
        }
        shared.state().service.callbacks.done(task, result);
    }
}

/// A connection that may serve the next delivery, too.
struct Kept {
    authority: String,
    sender: SendRequest<Full<Bytes>>,
    used: Instant,
}

/// Posts over plain HTTP; the error says why no HTTP answer came.
async fn deliver(kept: &mut Option<Kept>, url: &Uri, body: String) -> Result<(), String> {
    let authority = url.authority().map_or("", |authority| without_login(authority.as_str()));
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let mut request = Request::new(Full::new(Bytes::from(body)));
    *request.method_mut() = hyper::Method::POST;
    *request.uri_mut() = path.parse().map_err(|e: hyper::http::uri::InvalidUri| told(&e))?;
    request.headers_mut().insert(HOST, HeaderValue::try_from(authority).map_err(|e| told(&e))?);
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));

    let mut connection = match kept.take() {
        Some(known) if known.authority == authority && known.used.elapsed() < FRESH => Some(known),
        _ => None,
    };
    // A kept connection may have been closed meanwhile: then nothing was sent yet.
    if let Some(known) = connection.as_mut()
        && known.sender.ready().await.is_err()
    {
        connection = None;
    }
    let mut connection = match connection {
        Some(known) => known,
        None => {
            let sender = connect(url).await.map_err(|e| told(&e))?;
            Kept { authority: authority.to_owned(), sender, used: Instant::now() }
        }
    };
    let answer = connection.sender.send_request(request).await.map_err(|e| told(&e))?;
    if Limited::new(answer.into_body(), ANSWER).collect().await.is_ok() {
        *kept = Some(Kept { used: Instant::now(), ..connection });
    }
    Ok(())
}

async fn connect(url: &Uri) -> std::io::Result<SendRequest<Full<Bytes>>> {
    let host = url.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let stream = TcpStream::connect((host, url.port_u16().unwrap_or(80))).await?;
    // Without it a small request could wait for an acknowledgement; a failure only costs time.
    let _ = stream.set_nodelay(true);
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(std::io::Error::other)?;
    // It ends when the sender is dropped or the receiver closes; its errors show at the sender.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(sender)
}
