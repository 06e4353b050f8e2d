//! Proxies that note what they are told and pass the rest on.

use super::net::{Heard, Peer, relay};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Reads the head of a CONNECT, no byte beyond it, and notes it; where the client wants to go, or `None` when it went away.
fn target(stream: &mut impl Read, heard: &Heard) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => {
                heard.note(&head);
                return None;
            }
        }
    }
    heard.note(&head);
    Some(String::from_utf8_lossy(&head).split(' ').nth(1).unwrap_or("").to_owned())
}

/// An HTTP proxy for CONNECT that answers `refusal` instead, when there is one. It notes the request's head.
pub fn connect(refusal: Option<&'static str>) -> Peer {
    Peer::start(move |mut stream, heard| {
        let Some(target) = target(&mut stream, heard) else { return };
        if let Some(refusal) = refusal {
            let _ = stream.write_all(format!("HTTP/1.1 {refusal}\r\nContent-Length: 0\r\n\r\n").as_bytes());
            // Whatever else comes is not meant for it.
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest);
            return heard.note(&rest);
        }
        let Ok(onward) = TcpStream::connect(&*target) else { return };
        let _ = stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n");
        relay(stream, onward);
    })
}

/// The same behind TLS. It notes all that the client tells it, as it reads it: what is meant for others must be encrypted
/// once more.
pub fn secure_connect(identity: super::tls::Identity) -> Peer {
    super::tls::server(identity, &[&rustls::version::TLS13], |stream, heard| {
        let Some(target) = target(stream, heard) else { return };
        let Ok(mut onward) = TcpStream::connect(&*target) else { return };
        // Each side in turn, for so long: one TLS session cannot be read and written by two threads.
        let turn = Some(Duration::from_millis(5));
        if onward.set_read_timeout(turn).is_err() || stream.sock.set_read_timeout(turn).is_err() {
            return;
        }
        if stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").is_err() {
            return;
        }
        let waiting = |e: &io::Error| matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
        let mut piece = [0; 16 * 1024];
        loop {
            match stream.read(&mut piece) {
                Ok(n @ 1..) => {
                    heard.note(&piece[..n]);
                    if onward.write_all(&piece[..n]).is_err() {
                        return;
                    }
                }
                Err(e) if waiting(&e) => {}
                _ => return,
            }
            match onward.read(&mut piece) {
                Ok(n @ 1..) if stream.write_all(&piece[..n]).is_ok() => {}
                Err(e) if waiting(&e) => {}
                _ => return,
            }
        }
    })
}

/// A SOCKS5 proxy that wants this login, when there is one. It notes logins as "login:password".
pub fn socks5(login: Option<(&'static str, &'static str)>) -> Peer {
    Peer::start(move |mut stream, heard| {
        let _ = (|| -> std::io::Result<()> {
            let mut read = |n: usize| {
                let mut bytes = vec![0; n];
                stream.read_exact(&mut bytes).map(|()| bytes)
            };
            let offered = read(2)?;
            let methods = read(offered[1].into())?;
            let wanted = if login.is_some() { 2 } else { 0 };
            if !methods.contains(&wanted) {
                return stream.write_all(&[5, 0xff]);
            }
            stream.write_all(&[5, wanted])?;
            let mut read = |n: usize| {
                let mut bytes = vec![0; n];
                stream.read_exact(&mut bytes).map(|()| bytes)
            };
            if let Some((name, password)) = login {
                let length = read(2)?[1];
                let given_name = read(length.into())?;
                let length = read(1)?[0];
                let given_password = read(length.into())?;
                heard.note(&[&given_name[..], b":", &given_password, b"\n"].concat());
                let fine = given_name == name.as_bytes() && given_password == password.as_bytes();
                stream.write_all(&[1, u8::from(!fine)])?;
                if !fine {
                    let mut rest = Vec::new();
                    stream.read_to_end(&mut rest)?;
                    heard.note(&rest);
                    return Ok(());
                }
            }
            let mut read = |n: usize| {
                let mut bytes = vec![0; n];
                stream.read_exact(&mut bytes).map(|()| bytes)
            };
            let kind = read(4)?[3];
            let host = match kind {
                1 => read(4)?.iter().map(u8::to_string).collect::<Vec<_>>().join("."),
                3 => {
                    let length = read(1)?[0];
                    String::from_utf8_lossy(&read(length.into())?).into_owned()
                }
                _ => return Ok(()),
            };
            let port = read(2)?;
            let onward = TcpStream::connect((host.as_str(), u16::from_be_bytes([port[0], port[1]])))?;
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
            relay(stream.try_clone()?, onward);
            Ok(())
        })();
    })
}
