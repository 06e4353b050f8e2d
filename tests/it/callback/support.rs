//! A service of few words, clients with a receiver, and posts to it.

use captask::client::Waited;
use captask::instance::Client;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Longer than anything here takes; only a test that fails waits so long.
pub const LONG: Duration = Duration::from_secs(60);

pub const SOLVED: &str = r#"{"errorId":0,"status":"ready","solution":{"token":"made-up"}}"#;

/// Answers a method: the body of an answer, or `None` to hang up without one.
type Answer = dyn Fn(&str, &Value) -> Option<String> + Send + Sync;

/// A service that answers as it is told, on a thread for each request: an answer may take its time.
pub struct Service {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Service {
    pub fn start(answer: impl Fn(&str, &Value) -> Option<String> + Send + Sync + 'static) -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let over = Arc::new(AtomicBool::new(false));
        let (answer, done): (Arc<Answer>, _) = (Arc::new(answer), over.clone());
        let thread = std::thread::spawn(move || {
            for socket in listener.incoming() {
                if done.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(socket), answer) = (socket, answer.clone()) else { continue };
                std::thread::spawn(move || serve(&socket, &*answer));
            }
        });
        Service { address, over, thread: Some(thread) }
    }

    /// A service whose tasks have the numbers 1, 2, …, and the bodies that createTask was called with.
    pub fn that_creates(result: &'static str) -> (Service, Receiver<Value>) {
        let (sender, bodies) = channel();
        let last = std::sync::atomic::AtomicU64::new(0);
        let service = Service::start(move |method, body| match method {
            "createTask" => {
                // A test that does not look at the bodies has dropped the other end.
                let _ = sender.send(body.clone());
                Some(format!(r#"{{"errorId":0,"taskId":{}}}"#, last.fetch_add(1, Ordering::SeqCst) + 1))
            }
            _ => Some(result.to_owned()),
        });
        (service, bodies)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // Wakes the thread, which then sees that it is over.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the service ends well");
        }
    }
}

fn serve(socket: &TcpStream, answer: &Answer) -> Option<()> {
    let mut reader = BufReader::new(socket);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let method = line.split(' ').nth(1)?.trim_start_matches('/').to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let header = line.trim_end().to_ascii_lowercase();
        match header.split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let text = answer(&method, &serde_json::from_slice(&body).ok()?)?;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length:";
    write!(&*socket, "{head} {}\r\n\r\n{text}", text.len()).ok()
}

/// A client of a service, with a receiver on a free port; `public` is the path of its URL.
pub fn client(url: &str, public: &str) -> Client {
    let callback = json!({"listen": "127.0.0.1:0", "publicUrl": format!("http://127.0.0.1:0{public}")});
    let config = json!({"endpoint": url, "clientKey": "key-of-the-test", "callback": callback, "validate": "off"});
    Client::open(Some(&config.to_string())).expect("the client opens")
}

/// A request for a task that takes its time; `more` goes over it.
pub fn request(more: Value) -> String {
    let mut request = json!({
        "task": {"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "site-key"},
        "options": {"timeoutMs": 120_000},
    });
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    request.to_string()
}

pub fn submit(client: &Client) -> i64 {
    client.engine().submit(&request(json!({}))).expect("a ticket")
}

/// The answer of a ticket.
pub fn answer(client: &Client, ticket: i64) -> Value {
    read(client.engine().wait(ticket, Some(LONG))).expect("an answer in time")
}

pub fn read(waited: Waited) -> Option<Value> {
    match waited {
        Waited::Answer(delivery) => Some(serde_json::from_str(&delivery.text).expect("JSON")),
        Waited::NotYet => None,
    }
}

pub fn inspect(client: &Client) -> Value {
    serde_json::from_str(&client.inspect()).expect("JSON")
}

pub fn port(client: &Client) -> u16 {
    u16::try_from(inspect(client)["callbackPort"].as_u64().expect("a port")).expect("a port")
}

/// The callback URL in the body of createTask.
pub fn callback_url(bodies: &Receiver<Value>) -> String {
    let body = bodies.recv_timeout(LONG).expect("createTask");
    body["callbackUrl"].as_str().expect("a URL").to_owned()
}

/// Posts a body as the service does; the status.
pub fn post(url: &str, body: &str) -> u16 {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent.post(url).header("content-type", "application/json").send(body).expect("an answer");
    answer.status().as_u16()
}

pub fn connect(port: u16) -> TcpStream {
    let socket = TcpStream::connect(("127.0.0.1", port)).expect("connects");
    socket.set_read_timeout(Some(LONG)).expect("a timeout");
    socket
}

/// What comes until the connection ends, and whether it was reset.
pub fn rest(socket: &mut TcpStream) -> (String, bool) {
    let mut bytes = Vec::new();
    let reset = match socket.read_to_end(&mut bytes) {
        Ok(_) => false,
        Err(error) => {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}");
            true
        }
    };
    (String::from_utf8_lossy(&bytes).into_owned(), reset)
}

/// Sends bytes and reads until the connection ends.
pub fn send(port: u16, bytes: &[u8]) -> String {
    let mut socket = connect(port);
    // The receiver may answer and hang up before it has all.
    let _ = socket.write_all(bytes);
    rest(&mut socket).0
}
