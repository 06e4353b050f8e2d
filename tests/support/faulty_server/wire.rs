//! Requests and replies on a connection of the server.

use super::{Inside, Reply, Request, reset};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

pub fn talk(mut stream: &TcpStream, connection: usize, inside: &Inside) {
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::new();
    while let Some(request) = read(stream, &mut buffer, connection, inside) {
        let mut reply = (inside.script)(&request);
        while let Reply::Held(gate, then) = reply {
            gate.pass();
            reply = *then;
        }
        match reply {
            Reply::Json(status, body) => {
                if write(stream, status, &[("Content-Type", "application/json")], &body).is_err() {
                    return;
                }
            }
            Reply::With(status, headers, body) => {
                if write(stream, status, headers, &body).is_err() {
                    return;
                }
            }
            Reply::ThenClose(body) => {
                let _ = write(stream, 200, &[], &body);
                return;
            }
            Reply::Raw(bytes) => {
                let _ = stream.write_all(&bytes);
                return;
            }
            Reply::RawKeep(bytes) => {
                if stream.write_all(&bytes).is_err() {
                    return;
                }
            }
            Reply::Reset(bytes) => {
                let _ = stream.write_all(&bytes);
                return reset(stream);
            }
            Reply::Trickle(bytes, pause) => {
                for byte in bytes {
                    if stream.write_all(&[byte]).is_err() {
                        return;
                    }
                    thread::sleep(pause);
                }
                return;
            }
            Reply::Silence => {
                let mut rest = [0u8; 512];
                while matches!(stream.read(&mut rest), Ok(n) if n > 0) {}
                return;
            }
            Reply::Held(..) => {}
        }
    }
}

fn write(mut stream: &TcpStream, status: u16, headers: &[(&str, &str)], body: &str) -> std::io::Result<()> {
    let mut out = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out.push_str("\r\n");
    out.push_str(body);
    stream.write_all(out.as_bytes())
}

fn read(mut stream: &TcpStream, buffer: &mut Vec<u8>, connection: usize, inside: &Inside) -> Option<Request> {
    let mut chunk = [0u8; 16 * 1024];
    let head_end = loop {
        if let Some(at) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
            break at + 4;
        }
        match stream.read(&mut chunk) {
            Ok(n) if n > 0 => buffer.extend_from_slice(&chunk[..n]),
            _ => return None,
        }
    };
    let head = String::from_utf8_lossy(&buffer[..head_end]).into_owned();
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(|v| v.trim().to_owned()))
        .and_then(|v| v.parse().ok())
        .unwrap_or(0usize);
    while buffer.len() < head_end + length {
        match stream.read(&mut chunk) {
            Ok(n) if n > 0 => buffer.extend_from_slice(&chunk[..n]),
            _ => return None,
        }
    }
    let text = String::from_utf8_lossy(&buffer[head_end..head_end + length]).into_owned();
    buffer.drain(..head_end + length);
    let body: Value = serde_json::from_str(&text).unwrap_or(json!(null));
    let path = head.split(' ').nth(1).unwrap_or("").to_owned();
    let method = path.rsplit('/').next().unwrap_or("").to_owned();
    let mut counts = inside.counts();
    let nth = counts.methods.entry(method.clone()).or_default();
    *nth += 1;
    let nth = *nth;
    let nth_of_task = match method.as_str() {
        "createTask" => Some((true, body["task"]["name"].as_str().unwrap_or("").to_owned())),
        // As it stands on the wire: a number of any size, or a string with its quotes.
        "getTaskResult" => text
            .split_once("\"taskId\":")
            .map(|(_, rest)| (false, rest.split([',', '}']).next().unwrap_or("").to_owned())),
        _ => None,
    }
    .map_or(nth, |(create, key)| {
        let map = if create { &mut counts.creates } else { &mut counts.polls };
        let of_task = map.entry(key).or_default();
        *of_task += 1;
        *of_task
    });
    drop(counts);
    Some(Request { method, head, body, nth, nth_of_task, connection })
}
