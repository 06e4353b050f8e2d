//! A peer on a loopback port that does what a closure says with every connection, and remembers what it heard.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// Everything that reached a peer, over all its connections.
#[derive(Clone, Default)]
pub struct Heard {
    bytes: Arc<Mutex<Vec<u8>>>,
    connections: Arc<AtomicUsize>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Heard {
    pub fn note(&self, bytes: &[u8]) {
        self.bytes.lock().unwrap().extend_from_slice(bytes);
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn requests(&self, method: &str) -> usize {
        self.text().matches(&format!("/{method} HTTP/1.1")).count()
    }
}

/// A listening peer; dropping it ends its threads.
pub struct Peer {
    pub address: SocketAddr,
    pub heard: Heard,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Peer {
    /// Hands every connection to `serve` on a thread of its own.
    pub fn start(serve: impl Fn(TcpStream, &Heard) + Send + Sync + 'static) -> Peer {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (heard, over) = (Heard::default(), Arc::new(AtomicBool::new(false)));
        let (theirs, ended, serve) = (heard.clone(), over.clone(), Arc::new(serve));
        let thread = std::thread::spawn(move || {
            let mut served = Vec::new();
            for stream in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                theirs.connections.fetch_add(1, Ordering::SeqCst);
                theirs.open.lock().unwrap().push(stream.try_clone().expect("a second handle"));
                let last = stream.try_clone().expect("a third handle");
                let (serve, heard) = (serve.clone(), theirs.clone());
                served.push(std::thread::spawn(move || {
                    serve(stream, &heard);
                    let _ = last.shutdown(Shutdown::Both);
                }));
            }
            for stream in theirs.open.lock().unwrap().drain(..) {
                let _ = stream.shutdown(Shutdown::Both);
            }
            for thread in served {
                let _ = thread.join();
            }
        });
        Peer { address, heard, over, thread: Some(thread) }
    }

    /// Answers every HTTP request with this status line, these header lines and this body.
    pub fn http(status: &'static str, headers: String, body: String) -> Peer {
        Peer::start(move |mut stream, heard| while answer(&mut stream, heard, status, &headers, &body) {})
    }

    /// Answers as the service does.
    pub fn service() -> Peer {
        Peer::start(|mut stream, heard| serve(&mut stream, heard))
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Reads one HTTP request and notes it; `None` when the other side is done.
pub fn request(stream: &mut impl Read, heard: &Heard) -> Option<String> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let head = bytes.windows(4).position(|w| w == b"\r\n\r\n");
        if let Some(head) = head {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let length = text
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok())
                .unwrap_or(0usize);
            if bytes.len() >= head + 4 + length {
                return Some(text);
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return None,
            Ok(n) => {
                heard.note(&piece[..n]);
                bytes.extend_from_slice(&piece[..n]);
            }
        }
    }
}

/// Reads one HTTP request and answers it; `false` when the other side is done.
pub fn answer(stream: &mut (impl Read + Write), heard: &Heard, status: &str, headers: &str, body: &str) -> bool {
    request(stream, heard).is_some() && send(stream, status, headers, body)
}

fn send(stream: &mut impl Write, status: &str, headers: &str, body: &str) -> bool {
    let text = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len());
    stream.write_all(text.as_bytes()).and_then(|()| stream.flush()).is_ok()
}

/// Serves the service's methods until the other side is done.
pub fn serve(stream: &mut (impl Read + Write), heard: &Heard) {
    while let Some(request) = request(stream, heard) {
        let body = match request.split([' ', '?']).nth(1) {
            Some("/createTask") => r#"{"errorId":0,"taskId":77}"#,
            Some("/getTaskResult") => r#"{"errorId":0,"status":"ready","solution":{"text":"seen"}}"#,
            Some("/getBalance") => r#"{"errorId":0,"balance":1.25}"#,
            _ => r#"{"errorId":0,"status":"success"}"#,
        };
        if !send(stream, "200 OK", "Content-Type: application/json\r\n", body) {
            return;
        }
    }
}

/// Passes bytes on in both directions until one side is done.
pub fn relay(one: TcpStream, other: TcpStream) {
    let (mut from, mut to) = (one.try_clone().expect("a handle"), other.try_clone().expect("a handle"));
    let back = std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
    let (mut from, mut to) = (other, one);
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Both);
    let _ = back.join();
}
