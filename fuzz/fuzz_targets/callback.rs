//! Callback bodies under a live token, and paths and heads that are anything.
#![no_main]

use captask::ffi::*;
use captask_fuzz::{answer, open, submit};
use libfuzzer_sys::fuzz_target;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

struct Setup {
    client: i32,
    port: u16,
    /// Paths of callback URLs, as the service was given them.
    paths: Receiver<String>,
    live: Option<(i64, String)>,
}

/// A service that accepts every task and tells the path of its callback URL.
fn setup() -> Setup {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (tell, paths) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let tell = tell.clone();
            std::thread::spawn(move || {
                let mut piece = [0; 8192];
                while let Ok(n @ 1..) = stream.read(&mut piece) {
                    let text = String::from_utf8_lossy(&piece[..n]).into_owned();
                    if let Some(rest) = text.split("\"callbackUrl\":\"http://").nth(1) {
                        let path = rest.split('"').next().unwrap_or("").split_once('/').map_or("", |(_, path)| path);
                        let _ = tell.send(format!("/{path}"));
                    }
                    let body = "{\"errorId\":0,\"taskId\":7}";
                    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
                    let _ = stream.write_all(format!("{head}{body}").as_bytes());
                }
            });
        }
    });
    let config = format!(
        r#"{{"endpoint":"{url}","clientKey":"k","callback":{{"listen":"127.0.0.1:0","publicUrl":"http://127.0.0.1:0/in"}}}}"#
    );
    let client = open(config.as_bytes()).expect("opens");
    let port = answer(captask_inspect(client))["callbackPort"].as_u64().expect("a port") as u16;
    Setup { client, port, paths, live: None }
}

fuzz_target!(|data: &[u8]| {
    static SETUP: OnceLock<Mutex<Setup>> = OnceLock::new();
    let mut setup = SETUP.get_or_init(|| Mutex::new(setup())).lock().unwrap();
    let Some((which, rest)) = data.split_first() else { return };
    if setup.live.is_none() {
        let task = br#"{"task":{"type":"RecaptchaV2Task","websiteURL":"https://example.com","websiteKey":"k"}}"#;
        let ticket = submit(setup.client, task).expect("a ticket");
        let path = setup.paths.recv_timeout(Duration::from_secs(10)).expect("a callback URL");
        setup.live = Some((ticket, path));
    }
    let (ticket, path) = setup.live.clone().expect("live");
    let request = match which % 3 {
        0 => rest.to_vec(),
        1 => [b"POST /", rest, b" HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"].concat(),
        _ => [format!("POST {path} HTTP/1.1\r\nContent-Length: {}\r\n\r\n", rest.len()).as_bytes(), rest].concat(),
    };
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", setup.port)) else { return };
    let _ = stream.write_all(&request);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said);
    if said.starts_with(b"HTTP/1.1 200") {
        // Accepted: the ticket has its answer.
        answer(captask_wait(setup.client, ticket, 10_000));
        setup.live = None;
    }
});
