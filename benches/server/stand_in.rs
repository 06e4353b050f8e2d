//! A stand-in for the service in a process of its own, for the benchmarks: one thread that costs little, so that what is
//! measured is the client. It knows three methods and keeps no accounts; `captask::sandbox` is the one for tests.
//!
//! Takes `{"latencyMs":100,"solveMs":3000,"tls":"ca.pem"}` as its one argument, prints the URL, and ends when standard
//! input does. `latencyMs` passes between a request and its reply; a task is ready `solveMs` after its createTask. With
//! `tls` the server has a certificate whose root it writes into that file.

mod line;
mod service;
mod tls;

use line::Line;
use mio::net::TcpListener;
use mio::{Events, Interest, Poll, Token};
use serde_json::Value;
use service::Service;
use socket2::{Domain, Socket, Type};
use std::collections::{HashMap, VecDeque};
use std::io::{self, Read};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

const LISTENER: Token = Token(usize::MAX);

/// Clients that open thousands of connections at once must not wait for a repeated SYN.
const BACKLOG: i32 = 4096;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config: Value = serde_json::from_str(&std::env::args().nth(1).unwrap_or_else(|| "{}".to_owned()))?;
    let millis = |name: &str| Duration::from_millis(config[name].as_u64().unwrap_or(0));
    let tls = config["tls"].as_str().map(|path| tls::server(path.as_ref())).transpose()?;
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    let listener = TcpListener::from_std(socket.into());
    let scheme = if tls.is_some() { "https" } else { "http" };
    println!("{scheme}://{}", listener.local_addr()?);
    std::thread::spawn(|| {
        // What comes in does not matter, only that it ends; an error ends it too.
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    serve(listener, tls, millis("latencyMs"), Service::new(millis("solveMs")))?;
    Ok(())
}

/// Serves until the process ends.
fn serve(
    mut listener: TcpListener,
    tls: Option<Arc<rustls::ServerConfig>>,
    latency: Duration,
    mut service: Service,
) -> io::Result<()> {
    let mut poll = Poll::new()?;
    poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
    let mut events = Events::with_capacity(1024);
    let mut lines: HashMap<usize, Line> = HashMap::new();
    // The latency is the same for each: what is put in first goes out first.
    let mut due: VecDeque<(Instant, usize, Vec<u8>)> = VecDeque::new();
    let mut next = 0;
    loop {
        let timeout = due.front().map(|(at, ..)| at.saturating_duration_since(Instant::now()));
        match poll.poll(&mut events, timeout) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        }
        let now = Instant::now();
        for event in &events {
            if event.token() == LISTENER {
                while let Ok((mut socket, _)) = listener.accept() {
                    next += 1;
                    socket.set_nodelay(true)?;
                    poll.registry().register(&mut socket, Token(next), Interest::READABLE | Interest::WRITABLE)?;
                    lines.insert(next, Line::new(socket, tls.as_ref()));
                }
                continue;
            }
            let Token(token) = event.token();
            let Some(line) = lines.get_mut(&token) else { continue };
            let open = line.read();
            while let Some(request) = line.request() {
                let reply = service.reply(&request, now);
                if latency.is_zero() {
                    line.write(&reply);
                } else {
                    due.push_back((now + latency, token, reply));
                }
            }
            if !open || !line.flush() {
                lines.remove(&token);
            }
        }
        let now = Instant::now();
        while due.front().is_some_and(|(at, ..)| *at <= now) {
            let Some((_, token, reply)) = due.pop_front() else { break };
            let Some(line) = lines.get_mut(&token) else { continue };
            line.write(&reply);
            if !line.flush() {
                lines.remove(&token);
            }
        }
    }
}
