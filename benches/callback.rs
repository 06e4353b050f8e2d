//! Polling against callback: how many requests a solve takes, and how long a result that is ready takes to the caller's
//! hands. Prints a Markdown table. `cargo run --example bench_callback [tasks]`
//!
//! The far side is the stand-in on loopback, so the network costs next to nothing: what is measured is waiting.

use captask::client::Waited;
use captask::instance::Client;
use captask::sandbox::Sandbox;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::error::Error;
use std::time::{Duration, Instant};

/// Between two submits.
const PACE: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(300);

struct Row {
    name: &'static str,
    requests: f64,
    posts: f64,
    /// Milliseconds from ready to received, sorted.
    delays: Vec<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let tasks: usize = std::env::args().nth(1).map_or(Ok(1000), |count| count.parse())?;
    let rows = [
        run("polling, RecaptchaV2Task (after 1 s, then every 3 s)", "RecaptchaV2Task", false, tasks)?,
        run("polling, TurnstileTask (after 1 s, then every 1 s)", "TurnstileTask", false, tasks)?,
        run("callback, either", "RecaptchaV2Task", true, tasks)?,
    ];
    println!(
        "| {tasks} tasks of 2 to 12 s | requests a solve | posts received a solve | delay, median | 95 % | most |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for row in rows {
        let at = |share: f64| row.delays[((row.delays.len() - 1) as f64 * share) as usize];
        println!(
            "| {} | {:.2} | {:.2} | {:.0} ms | {:.0} ms | {:.0} ms |",
            row.name,
            row.requests,
            row.posts,
            at(0.5),
            at(0.95),
            at(1.0)
        );
    }
    Ok(())
}

fn run(name: &'static str, kind: &str, callback: bool, tasks: usize) -> Result<Row, Box<dyn Error>> {
    // The same seed gives each run the same solving times.
    let config = json!({"solveMs": {"min": 2000, "max": 12_000}, "seed": 7, "keepRequests": 0});
    let sandbox = Sandbox::open(Some(&config.to_string())).map_err(|e| e.to_json())?;
    let mut config = json!({"endpoint": sandbox.url(), "clientKey": "bench"});
    if callback {
        config["callback"] = json!({"listen": "127.0.0.1:0", "publicUrl": "http://127.0.0.1:0/hook"});
    }
    let client = Client::open(Some(&config.to_string())).map_err(|e| e.to_json())?;
    let task = json!({"type": kind, "websiteURL": "https://example.com", "websiteKey": "site-key"});
    let request = json!({"task": task}).to_string();
    let received = std::thread::scope(|scope| {
        let reader = scope.spawn(|| receive(&client, tasks));
        let start = Instant::now();
        let submitted: Result<HashMap<i64, Instant>, _> = (0..tasks)
            .map(|number| {
                std::thread::sleep((start + PACE * number as u32).saturating_duration_since(Instant::now()));
                let now = Instant::now();
                client.engine().submit(&request).map(|ticket| (ticket, now)).map_err(|e| e.to_json())
            })
            .collect();
        let received = reader.join().map_err(|_| "the reader failed")??;
        Ok::<_, Box<dyn Error>>((submitted?, received))
    });
    let (submitted, received) = received?;
    let solving = solving_times(&sandbox, tasks)?;
    let mut delays = Vec::with_capacity(tasks);
    for (ticket, task, at) in received {
        let took = at.duration_since(submitted[&ticket]).as_secs_f64() * 1000.0;
        delays.push((took - solving.get(&task).ok_or("an unknown task")?).max(0.0));
    }
    delays.sort_by(f64::total_cmp);
    let state: Value = serde_json::from_str(&sandbox.inspect())?;
    let count = |pointer: &str| state.pointer(pointer).and_then(Value::as_f64).unwrap_or(f64::NAN) / tasks as f64;
    client.close();
    Ok(Row {
        name,
        requests: count("/requests/createTask") + count("/requests/getTaskResult"),
        posts: count("/callbacks/delivered"),
        delays,
    })
}

type Received = Vec<(i64, u64, Instant)>;

/// Each answer's ticket, task and time.
fn receive(client: &Client, tasks: usize) -> Result<Received, String> {
    (0..tasks)
        .map(|_| {
            let Waited::Answer(delivery) = client.engine().receive(Some(PATIENCE)) else {
                return Err("no answer in time".to_owned());
            };
            let at = Instant::now();
            let answer: Value = serde_json::from_str(&delivery.text).map_err(|e| e.to_string())?;
            match (answer["ticket"].as_i64(), answer["taskId"].as_u64(), answer["status"].as_str()) {
                (Some(ticket), Some(task), Some("ready")) => Ok((ticket, task, at)),
                _ => Err(delivery.text),
            }
        })
        .collect()
}

/// How long each task was solved, in milliseconds.
fn solving_times(sandbox: &Sandbox, tasks: usize) -> Result<HashMap<u64, f64>, Box<dyn Error>> {
    let url = format!("{}/_sandbox/tasks?limit={tasks}", sandbox.url());
    let text = ureq::get(&url).call()?.body_mut().read_to_string()?;
    let list: Value = serde_json::from_str(&text)?;
    let times = list["tasks"].as_array().ok_or("expected a list of tasks")?.iter();
    Ok(times.filter_map(|task| Some((task["taskId"].as_u64()?, task["solveMs"].as_f64()?))).collect())
}
