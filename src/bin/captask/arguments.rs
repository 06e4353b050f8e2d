//! What can be typed.

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use std::net::IpAddr;
use std::path::PathBuf;

const AFTER: &str = "The account's key is read from CAPTASK_CLIENT_KEY, never from the command line.\n\n\
    Exit codes: 0 done, 1 the service or the task said no, or standard output cannot be written, 2 wrong input,\n\
    3 not connected, 4 timed out, 5 createTask was sent and its outcome is unknown, 6 held back by the guard or full.";

/// A client of the CapMonster Cloud task API, and a stand-in of the service for tests.
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
    /// Buy a task (or adopt one) and wait for its solution.
    Solve {
        /// A file with a request as captask_solve takes it, {"task":{…}}, or "-" for standard input.
        request: PathBuf,
        /// How to reach the service.
        #[command(flatten)]
        client: ClientArguments,
    },
    /// Show the account's balance.
    Balance {
        /// How to reach the service.
        #[command(flatten)]
        client: ClientArguments,
    },
    /// Show whether a request is valid, without sending it.
    Check {
        /// A file with the request, or "-" for standard input.
        request: PathBuf,
    },
    /// Show what is known of task types, errors, methods and settings.
    Describe {
        /// As in "tasks", "task/recaptcha_v2", "errors", "error/ERROR_ZERO_BALANCE", "config"; without one, the list.
        topic: Option<String>,
    },
    /// Run a stand-in of the service until Ctrl-C, or until standard input ends with --until-eof.
    Sandbox(SandboxArguments),
    /// Print a completion script for a shell.
    Completions {
        /// Which shell.
        shell: Shell,
    },
}

/// How to reach the service.
#[derive(Debug, Args)]
pub struct ClientArguments {
    /// The service's URL, or "sandbox:" for a stand-in inside the command.
    #[arg(long)]
    pub endpoint: Option<String>,
    /// A file with a configuration as captask_open takes it.
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// Give up after so many milliseconds.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=i64::from(i32::MAX)))]
    pub timeout_ms: Option<u32>,
    /// Log to standard error; twice for more.
    #[arg(short, long, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// What the stand-in is to be like.
#[derive(Debug, Args)]
pub struct SandboxArguments {
    /// The port; 0 for any free one. With neither this nor --address, the configuration's "listen" counts, or any free one.
    #[arg(long)]
    pub port: Option<u16>,
    /// The address, 127.0.0.1 if not said; anything but loopback lets other machines in.
    #[arg(long)]
    pub address: Option<IpAddr>,
    /// A ready-made trouble: flaky-network, zero-balance, banned, slow-service.
    #[arg(long)]
    pub scenario: Option<String>,
    /// A file with a configuration as captask_sandbox_open takes it.
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// End when standard input ends.
    #[arg(long)]
    pub until_eof: bool,
}
