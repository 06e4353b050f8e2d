//! A service that answers with arbitrary bytes, over a real socket. The first byte says to which call.
#![no_main]

use captask::ffi::*;
use captask_fuzz::{answer, asked, open, submit};
use libfuzzer_sys::fuzz_target;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Mutex, OnceLock};

static BYTES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Answers every connection once, with BYTES, and hangs up.
fn serve(listener: TcpListener) {
    for stream in listener.incoming() {
        let Ok(mut stream) = stream else { continue };
        let mut piece = [0; 8192];
        let _ = stream.read(&mut piece);
        let bytes = BYTES.lock().unwrap().clone();
        let _ = stream.write_all(&bytes);
    }
}

fn client() -> i32 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || serve(listener));
    let config = format!(
        r#"{{"endpoint":"{url}","userAgentEndpoint":"{url}","clientKey":"planted-key","callTimeoutMs":20,
            "requestTimeoutMs":20,"poll":{{"firstMs":1,"intervalMs":1,"maxPolls":2,"timeoutMs":30}},
            "guard":{{"holdOnRefusalMs":0}}}}"#
    );
    open(config.as_bytes()).expect("opens")
}

fuzz_target!(|data: &[u8]| {
    static CLIENT: OnceLock<i32> = OnceLock::new();
    let client = *CLIENT.get_or_init(client);
    let Some((which, rest)) = data.split_first() else { return };
    // Half of the answers are whole HTTP, so that their bodies get far.
    *BYTES.lock().unwrap() = match which & 1 {
        0 => rest.to_vec(),
        _ => [format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", rest.len()).as_bytes(), rest].concat(),
    };
    let task = br#"{"task":{"type":"RecaptchaV2Task","websiteURL":"https://example.com","websiteKey":"k"}}"#;
    let found = match which / 2 % 6 {
        0 => asked(captask_create_task, client, task),
        1 => asked(captask_get_task_result, client, br#"{"taskId":7}"#),
        2 => answer(captask_get_balance(client)),
        3 => answer(captask_get_user_agent(client)),
        4 => asked(captask_solve, client, task),
        _ => {
            let ticket = submit(client, br#"{"taskId":7,"extra":5}"#).expect("a ticket");
            answer(captask_wait(client, ticket, -1))
        }
    };
    if found["errorCode"].as_str().is_some_and(|code| code.starts_with("CAPTASK_")) {
        assert!(!found.to_string().contains("planted-key"), "{found}");
    }
});
