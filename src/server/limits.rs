//! What a peer may take.

use std::time::Duration;

/// What a peer may take of the server's time and memory.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Open connections. For one above them the oldest without a whole request is closed.
    pub connections: usize,
    /// How long a connection may stay open between requests.
    pub idle: Duration,
    /// From the first byte of a request to the end of its headers.
    pub header: Duration,
    /// From the end of the headers to the end of the body.
    pub body: Duration,
    /// How long a peer may leave a piece of the answer unread.
    pub write: Duration,
    /// Size of a request body in bytes.
    pub body_bytes: usize,
    /// Size of a request's headers in bytes; at least 8192.
    pub header_bytes: usize,
    /// Whether what is no proper request gets no answer, only the end of the connection; else the HTTP library's 400 or
    /// 431 says what is wrong.
    pub mute: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 4096,
            idle: Duration::from_secs(75),
            header: Duration::from_secs(10),
            body: Duration::from_secs(30),
            write: Duration::from_secs(30),
            body_bytes: 1 << 20,
            header_bytes: 32 << 10,
            mute: false,
        }
    }
}
