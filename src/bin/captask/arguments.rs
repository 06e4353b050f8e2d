//! What can be typed.

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use std::net::IpAddr;
use std::path::PathBuf;

const AFTER: &str = "\
The account's key is read from the environment variable CAPTASK_CLIENT_KEY or from the file of --config, never from the \
command line. \"--endpoint sandbox:\" needs no key and no network.

Exit codes:
  0    success
  1    the service or a task failed, or a result cannot be written
  2    wrong input: an option, a file, a request, the configuration
  3    no connection, or no usable answer from the service
  4    the time limit passed
  5    createTask was sent and its outcome is unknown: a task may have been bought
  6    a limit held the request back, or the client is full
  130  interrupted by Ctrl-C (other signals: 128 and the signal's number)";

/// A client of the CapMonster Cloud task API, and a sandbox: a stand-in for the service, for tests.
#[derive(Debug, Parser)]
#[command(name = "captask", version, after_help = AFTER, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Buy one task, or adopt one, and wait for its solution.
    #[command(after_help = SOLVE)]
    Solve(SolveArguments),
    /// Solve any number of tasks, one on each line of a file.
    #[command(after_help = BATCH)]
    Batch(BatchArguments),
    /// Show the account's balance.
    #[command(after_help = "Example:\n  CAPTASK_CLIENT_KEY=… captask balance")]
    Balance {
        /// How to reach the service.
        #[command(flatten)]
        client: ClientArguments,
    },
    /// Report that a solution was wrong.
    #[command(after_help = "Example:\n  captask report 7654321 --type ImageToTextTask")]
    Report {
        /// The taskId in the answer of solve or batch.
        task_id: String,
        /// The type of the task, such as ImageToTextTask; it decides which method reports it.
        #[arg(long = "type", value_name = "TYPE")]
        kind: String,
        /// How to reach the service.
        #[command(flatten)]
        client: ClientArguments,
    },
    /// Show the browser user agent that the service recommends.
    #[command(after_help = "Example:\n  captask user-agent")]
    UserAgent {
        /// How to reach the service.
        #[command(flatten)]
        client: ClientArguments,
    },
    /// Show whether a request is valid, without sending it.
    #[command(after_help = "Example:\n  captask check request.json")]
    Check {
        /// A file with the request, or "-" for standard input.
        request: PathBuf,
    },
    /// Show the task types, error codes, methods and configuration keys.
    #[command(after_help = "Examples:\n  captask describe tasks\n  captask describe task/recaptcha_v2\n  captask \
        describe error/ERROR_ZERO_BALANCE --json")]
    Describe {
        /// A topic, such as "tasks", "task/recaptcha_v2", "errors", "error/ERROR_ZERO_BALANCE" or "config"; without it, the list
        /// of topics.
        topic: Option<String>,
        /// Print JSON on a terminal too.
        #[arg(long)]
        json: bool,
    },
    /// Check step by step whether this machine can use the service, and print what to do if it cannot.
    #[command(after_help = "Example:\n  captask doctor --config captask.json")]
    Doctor {
        /// How to reach the service.
        #[command(flatten)]
        client: ClientArguments,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Run a sandbox, a stand-in for the service, until Ctrl-C.
    #[command(after_help = "Example:\n  captask sandbox --port 8080 --scenario flaky-network")]
    Sandbox(SandboxArguments),
    /// Check files with newer facts about task types.
    Catalogue {
        /// What to do.
        #[command(subcommand)]
        command: CatalogueCommand,
    },
    /// Print a completion script for a shell.
    #[command(after_help = "Example:\n  captask completions bash >/etc/bash_completion.d/captask")]
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// What there is to do about catalogues.
#[derive(Debug, Subcommand)]
pub enum CatalogueCommand {
    /// Show what is wrong with a catalogue file, or which entries it adds and changes.
    Check {
        /// The catalogue file, as for CAPTASK_CATALOGUE and the configuration key "catalogue".
        file: PathBuf,
    },
    /// Compare a description of the service with the catalogue, and print what is new, gone or different.
    ///
    /// Prints nothing and exits with 0 if there is no difference; otherwise exits with 1.
    Diff {
        /// An OpenAPI document (3.0, 3.1 or Swagger 2, as JSON, as YAML, or as a script that assigns the JSON), or a folder
        /// with the documentation in Markdown.
        description: PathBuf,
    },
}

/// How to reach the service.
#[derive(Debug, Clone, Args)]
pub struct ClientArguments {
    /// The URL of the service, or "sandbox:" for a sandbox inside the command.
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,
    /// A file with the configuration: a JSON object with the keys that "captask describe config" lists.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Time limit in milliseconds, for the call or for each task.
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u32).range(1..=i64::from(i32::MAX)))]
    pub timeout_ms: Option<u32>,
    /// Log to standard error; -vv logs more.
    #[arg(short, long, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

const SOLVE: &str = "\
Examples:
  captask solve --image picture.png
  captask solve --type RecaptchaV2Task --set websiteURL=https://example.com --set websiteKey=KEY
  captask solve --type RecaptchaV3TaskProxyless --set websiteURL=https://example.com \\
      --set websiteKey=KEY --set-json minScore=0.3
  echo '{\"taskId\":7654321}' | captask solve -

Ctrl-C stops waiting. If the task is paid, the answer has its taskId.";

/// One task.
#[derive(Debug, Args)]
pub struct SolveArguments {
    /// A file with the request, {"task":{…}} or {"taskId":…}, or "-" for standard input.
    #[arg(required_unless_present_any = ["image", "kind"], conflicts_with_all = ["image", "kind", "set", "set_json"])]
    pub request: Option<PathBuf>,
    /// A file with a picture, which becomes the body of an ImageToTextTask.
    #[arg(long, value_name = "FILE")]
    pub image: Option<PathBuf>,
    /// The type of the task.
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// Set a member of the task to a string; may be given more than once.
    #[arg(long, value_name = "NAME=TEXT")]
    pub set: Vec<String>,
    /// Set a member of the task to a JSON value; may be given more than once.
    #[arg(long, value_name = "NAME=JSON")]
    pub set_json: Vec<String>,
    /// Show no progress.
    #[arg(short, long)]
    pub quiet: bool,
    /// How to reach the service.
    #[command(flatten)]
    pub client: ClientArguments,
}

const BATCH: &str = "\
Each line of TASKS is a request, {\"task\":{…},\"options\":{…},\"extra\":…}, or a bare task, {\"type\":…}. Each answer is \
one line with the number of its task's line: {\"line\":7,\"errorId\":0,\"solution\":{…},…}. The answer to a wrong \
line is an error.

With --journal FILE, an interrupted batch continues when the same command is run again, and buys no task twice. FILE \
and FILE.batch keep what is paid. Do not change the results file in between.

Examples:
  captask batch tasks.jsonl -o results.jsonl
  captask batch tasks.jsonl -o results.jsonl --journal tasks.journal --max-per-minute 120
  produce-tasks | captask batch - --unordered | consume-results

Exit codes: 0 every line has a solution; 1 a line has none, or the service refuses the account; 2 wrong input; 3 the \
service cannot be reached; 6 --max-tasks is reached, or the journal cannot be written; 130 interrupted by Ctrl-C.";

/// Many tasks.
#[derive(Debug, Args)]
pub struct BatchArguments {
    /// A file with one task on each line, or "-" for standard input.
    pub tasks: PathBuf,
    /// The file for the results, or "-" for standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// Write each result as it comes, not in the order of the tasks.
    #[arg(long)]
    pub unordered: bool,
    /// Keep what is paid in this file, so that an interrupted batch can continue.
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,
    /// The most tasks in flight at once.
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub parallel: u32,
    /// The most tasks to buy in a minute.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_per_minute: Option<u32>,
    /// The most tasks to buy in this run.
    #[arg(long, value_name = "N")]
    pub max_tasks: Option<u64>,
    /// Show no progress and no summary.
    #[arg(short, long)]
    pub quiet: bool,
    /// How to reach the service.
    #[command(flatten)]
    pub client: ClientArguments,
}

/// What the stand-in is to be like.
#[derive(Debug, Args)]
pub struct SandboxArguments {
    /// The port; 0 takes a free one. Without --port and --address: "listen" of the configuration, or a free port.
    #[arg(long)]
    pub port: Option<u16>,
    /// The address, 127.0.0.1 by default. With an address that is not loopback, other machines can use the sandbox.
    #[arg(long)]
    pub address: Option<IpAddr>,
    /// A ready-made configuration: flaky-network, zero-balance, banned or slow-service.
    #[arg(long)]
    pub scenario: Option<String>,
    /// A file with the configuration: a JSON object with the members that "captask describe sandbox" lists.
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// End also when standard input ends.
    #[arg(long)]
    pub until_eof: bool,
}
