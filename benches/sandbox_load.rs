//! Whether the stand-in is fast and small enough to be the far side of a benchmark: requests a second under a load from
//! this process, and its own peak memory over a million tasks. `cargo run --release --example sandbox_load [tasks]`
//!
//! The stand-in runs in a process of its own, which is this program again. Reads its memory from /proc, so Linux only.

use captask::sandbox::Sandbox;
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Threads that make load, and keep-alive connections of each; one request at a time is under way on each connection.
const THREADS: usize = 2;
const CONNECTIONS: usize = 16;
/// How long the mix of methods is measured.
const MIX: Duration = Duration::from_secs(10);
const GOAL_RATE: f64 = 10_000.0;
const GOAL_MIB: f64 = 64.0;
/// What it takes to fill the stand-in: its configuration's default for maxTasks.
const REMEMBERED: u64 = 200_000;
const PATIENCE: Duration = Duration::from_secs(30);

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Fallible<()> {
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("serve") {
        return serve();
    }
    let tasks: u64 = argument.map_or(Ok(1_000_000), |count| count.parse())?;
    let mut far = FarSide::start()?;
    let (requests, bought) = load(far.address, Until::Time(Instant::now() + MIX), [CREATE, RESULT, BALANCE])?;
    let rate = requests as f64 / MIX.as_secs_f64();
    println!(
        "{requests} requests (a third each createTask, getTaskResult, getBalance) on {} connections in {} s",
        THREADS * CONNECTIONS,
        MIX.as_secs()
    );
    println!("{rate:.0} requests/s; goal {GOAL_RATE:.0} on two cores: {}", met(rate >= GOAL_RATE));
    let full = bought + create(far.address, (REMEMBERED + REMEMBERED / 2).min(tasks).saturating_sub(bought))?;
    let early = far.peak_mib()?;
    println!("{full} tasks: peak memory {early:.1} MiB");
    let all = full + create(far.address, tasks.saturating_sub(full))?;
    let peak = far.peak_mib()?;
    println!("{all} tasks: peak memory {peak:.1} MiB; goal {GOAL_MIB:.0} MiB: {}", met(peak <= GOAL_MIB));
    far.end()
}

fn met(yes: bool) -> &'static str {
    if yes { "met" } else { "not met" }
}

/// The stand-in: prints its address and ends when standard input does.
fn serve() -> Fallible<()> {
    let sandbox = Sandbox::open(Some(r#"{"solveMs":100,"balance":900000000}"#)).map_err(|failure| failure.to_json())?;
    println!("{}", sandbox.url());
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

struct FarSide {
    process: Child,
    address: SocketAddr,
}

impl FarSide {
    fn start() -> Fallible<FarSide> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut process = command.arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut url = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut url)?;
        let address = url.trim().strip_prefix("http://").ok_or("no URL")?.parse()?;
        Ok(FarSide { process, address })
    }

    /// The most memory it ever had in use.
    fn peak_mib(&self) -> Fallible<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
    }

    fn end(&mut self) -> Fallible<()> {
        drop(self.process.stdin.take());
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for FarSide {
    fn drop(&mut self) {
        // A measurement that failed leaves no process behind.
        let _ = self.end();
    }
}

#[derive(Clone, Copy)]
enum Until {
    Time(Instant),
    Rounds(u64),
}

/// Makes a request of a connection's number and its last task.
type Make = fn(u64, u64) -> (&'static str, String);

const CREATE: Make = |number, _| {
    let task = format!(
        r#"{{"type":"TurnstileTask","websiteURL":"https://example.com/{number}","websiteKey":"0x4AAAAAAA{number}"}}"#
    );
    ("createTask", format!(r#"{{"clientKey":"load-0123456789","task":{task}}}"#))
};
const RESULT: Make = |_, task| ("getTaskResult", format!(r#"{{"clientKey":"load-0123456789","taskId":{task}}}"#));
const BALANCE: Make = |_, _| ("getBalance", String::from(r#"{"clientKey":"load-0123456789"}"#));

/// Buys at least so many tasks; gives how many.
fn create(address: SocketAddr, tasks: u64) -> Fallible<u64> {
    let rounds = tasks.div_ceil((THREADS * CONNECTIONS) as u64);
    load(address, Until::Rounds(rounds), [CREATE]).map(|(_, tasks)| tasks)
}

/// Sends these requests in turn, again and again; gives how many requests there were, and how many tasks.
fn load<const N: usize>(address: SocketAddr, until: Until, mix: [Make; N]) -> Fallible<(u64, u64)> {
    let threads: Vec<_> = (0..THREADS).map(|_| thread::spawn(move || worker(address, until, mix))).collect();
    let mut sum = (0, 0);
    for thread in threads {
        let (requests, tasks) = thread.join().map_err(|_| "a thread of the load failed")??;
        sum = (sum.0 + requests, sum.1 + tasks);
    }
    Ok(sum)
}

fn worker<const N: usize>(address: SocketAddr, until: Until, mix: [Make; N]) -> Fallible<(u64, u64)> {
    let mut connections: Vec<Connection> =
        (0..CONNECTIONS).map(|_| Connection::open(address)).collect::<Fallible<_>>()?;
    let (mut requests, mut tasks, mut round) = (0, 0, 0);
    while match until {
        Until::Time(end) => Instant::now() < end,
        Until::Rounds(rounds) => round < rounds,
    } {
        for make in mix {
            for connection in &mut connections {
                connection.send(make(round, connection.task))?;
            }
            for connection in &mut connections {
                let answer = connection.receive()?;
                if let Some(task) = answer.split("\"taskId\":").nth(1) {
                    connection.task = task.trim_end_matches('}').parse()?;
                    tasks += 1;
                }
                requests += 1;
            }
        }
        round += 1;
    }
    Ok((requests, tasks))
}

struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    /// The task it bought last.
    task: u64,
}

impl Connection {
    fn open(address: SocketAddr) -> Fallible<Connection> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Connection { stream: BufReader::new(stream), line: String::new(), task: 0 })
    }

    fn send(&mut self, (method, body): (&str, String)) -> Fallible<()> {
        let head = format!("POST /{method} HTTP/1.1\r\nhost: sandbox\r\ncontent-length: {}\r\n\r\n", body.len());
        Ok(self.stream.get_mut().write_all((head + &body).as_bytes())?)
    }

    /// The body of the answer, which is to be a good one.
    fn receive(&mut self) -> Fallible<String> {
        let mut length = 0;
        loop {
            self.line.clear();
            self.stream.read_line(&mut self.line)?;
            match self.line.split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse()?,
                Some(_) => {}
                None if self.line.starts_with("HTTP/1.1 200 ") => {}
                None if self.line == "\r\n" => break,
                None => return Err(format!("not an answer: {:?}", self.line).into()),
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        let body = String::from_utf8(body)?;
        if body.starts_with("{\"errorId\":0,") { Ok(body) } else { Err(format!("refused: {body}").into()) }
    }
}
