//! A server that misbehaves on purpose, request by request, and counts what arrives.

mod wire;

use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// One request that arrived whole.
pub struct Request {
    /// The last part of the path.
    pub method: String,
    /// The request line and headers.
    pub head: String,
    /// The body.
    pub body: Value,
    /// How many of this method arrived before, plus one.
    pub nth: usize,
    /// The same for its task: creates go by the task's `name`, polls by their taskId.
    pub nth_of_task: usize,
    /// The connection it came on, from 0.
    pub connection: usize,
}

impl Request {
    /// The task's `name` in a createTask.
    pub fn name(&self) -> &str {
        self.body["task"]["name"].as_str().unwrap_or("")
    }
}

/// What is done about a request.
pub enum Reply {
    /// An honest reply.
    Json(u16, String),
    /// A reply with headers of its own.
    With(u16, &'static [(&'static str, &'static str)], String),
    /// These bytes, and then an orderly end of the connection.
    Raw(Vec<u8>),
    /// These bytes, and the connection stays.
    RawKeep(Vec<u8>),
    /// These bytes, and then a reset.
    Reset(Vec<u8>),
    /// These bytes, one at a time with this between them, and then an end.
    Trickle(Vec<u8>, Duration),
    /// Nothing, until the other side gives up.
    Silence,
    /// An honest reply, and then the connection is closed without a word of it in the reply.
    ThenClose(String),
    /// The same as soon as the gate is open.
    Held(Arc<Gate>, Box<Reply>),
}

/// `{"errorId":0, …}`.
pub fn fine(members: &str) -> Reply {
    Reply::Json(200, format!("{{\"errorId\":0,{members}}}"))
}

/// A createTask answer.
pub fn bought(id: impl std::fmt::Display) -> Reply {
    fine(&format!("\"taskId\":{id}"))
}

/// A getTaskResult answer that is final.
pub fn ready() -> Reply {
    fine("\"status\":\"ready\",\"solution\":{\"token\":\"t\"}")
}

/// A getTaskResult answer that is not.
pub fn processing() -> Reply {
    fine("\"status\":\"processing\",\"solution\":null")
}

/// An error envelope.
pub fn refused(status: u16, code: &str) -> Reply {
    let body = format!("{{\"errorId\":1,\"errorCode\":\"{code}\",\"errorDescription\":\"no\",\"taskId\":0}}");
    Reply::Json(status, body)
}

/// A page for people.
pub fn html(status: u16) -> Reply {
    Reply::With(status, &[("Content-Type", "text/html")], "<html><b>Overloaded</b></html>".into())
}

/// A whole response with this Content-Length, right or wrong.
pub fn response(length: usize, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// Something that is shut until it is opened.
#[derive(Default)]
pub struct Gate {
    open: Mutex<bool>,
    bell: Condvar,
}

impl Gate {
    /// Opens it for good.
    pub fn open(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.bell.notify_all();
    }

    /// Waits until it is open.
    pub fn pass(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        while !*open {
            open = self.bell.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[derive(Default)]
struct Counts {
    methods: HashMap<String, usize>,
    creates: HashMap<String, usize>,
    polls: HashMap<String, usize>,
    open: HashMap<usize, Arc<TcpStream>>,
}

struct Inside {
    script: Box<dyn Fn(&Request) -> Reply + Send + Sync>,
    accept: Box<dyn Fn(usize) -> bool + Send + Sync>,
    counts: Mutex<Counts>,
    connections: AtomicUsize,
    closed: AtomicUsize,
    over: AtomicBool,
}

impl Inside {
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running server.
pub struct FaultyServer {
    inside: Arc<Inside>,
    address: SocketAddr,
    thread: Option<thread::JoinHandle<()>>,
}

impl FaultyServer {
    /// A server that does with each request what `script` says.
    pub fn start(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> FaultyServer {
        FaultyServer::picky(|_| true, script)
    }

    /// The same; connections for whose number `accept` is false are reset before anything is read.
    pub fn picky(
        accept: impl Fn(usize) -> bool + Send + Sync + 'static,
        script: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> FaultyServer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let inside = Arc::new(Inside {
            script: Box::new(script),
            accept: Box::new(accept),
            counts: Mutex::default(),
            connections: AtomicUsize::new(0),
            closed: AtomicUsize::new(0),
            over: AtomicBool::new(false),
        });
        let theirs = inside.clone();
        let thread = thread::spawn(move || serve(&listener, &theirs));
        FaultyServer { inside, address, thread: Some(thread) }
    }

    /// A server that buys for everybody and is ready at the first poll, except where `script` says otherwise.
    pub fn mostly_good(script: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static) -> FaultyServer {
        FaultyServer::start(move |request| script(request).unwrap_or_else(|| good(request)))
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Requests of a method that arrived whole.
    pub fn count(&self, method: &str) -> usize {
        self.inside.counts().methods.get(method).copied().unwrap_or(0)
    }

    /// createTask requests that arrived whole.
    pub fn creates(&self) -> usize {
        self.count("createTask")
    }

    /// getTaskResult requests that arrived whole.
    pub fn polls(&self) -> usize {
        self.count("getTaskResult")
    }

    /// Creates by the task's `name`.
    pub fn creates_by_name(&self) -> HashMap<String, usize> {
        self.inside.counts().creates.clone()
    }

    /// Polls by taskId.
    pub fn polls_by_id(&self) -> HashMap<String, usize> {
        self.inside.counts().polls.clone()
    }

    /// Connections accepted.
    pub fn connections(&self) -> usize {
        self.inside.connections.load(Ordering::Acquire)
    }
}

impl FaultyServer {
    /// Connections that this side has closed.
    pub fn closed(&self) -> usize {
        self.inside.closed.load(Ordering::Acquire)
    }

    /// Closes the connections there are, without a word in any reply.
    pub fn hang_up(&self) {
        for stream in self.inside.counts().open.values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for FaultyServer {
    fn drop(&mut self) {
        self.inside.over.store(true, Ordering::Release);
        // The accept call ends with this connection.
        let _ = TcpStream::connect(self.address);
        for (_, stream) in self.inside.counts().open.drain() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What an honest service would answer.
pub fn good(request: &Request) -> Reply {
    match request.method.as_str() {
        "createTask" => bought(1000 + request.nth),
        "getTaskResult" => ready(),
        "getBalance" => fine("\"balance\":1.5"),
        _ => fine("\"status\":\"success\""),
    }
}

fn serve(listener: &TcpListener, inside: &Arc<Inside>) {
    while let Ok((stream, _)) = listener.accept() {
        if inside.over.load(Ordering::Acquire) {
            return;
        }
        let number = inside.connections.fetch_add(1, Ordering::AcqRel);
        if !(inside.accept)(number) {
            reset(&stream);
            continue;
        }
        let stream = Arc::new(stream);
        inside.counts().open.insert(number, stream.clone());
        let theirs = inside.clone();
        thread::spawn(move || {
            wire::talk(&stream, number, &theirs);
            // The last owner closes it, orderly or with a reset.
            theirs.counts().open.remove(&number);
            drop(stream);
            theirs.closed.fetch_add(1, Ordering::AcqRel);
        });
    }
}

/// Makes the end of the connection, when the last owner lets go of it, a reset.
fn reset(stream: &TcpStream) {
    let _ = socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO));
}

/// A port of the loopback that nobody listens on, as far as one can know.
pub fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    format!("http://{}", listener.local_addr().expect("an address"))
}
