//! `captask batch`: any number of tasks, one on each line.

mod answer;
mod input;
mod lines;
mod results;
mod resume;
mod run;

use crate::arguments::BatchArguments;
use crate::client;
use captask::instance::Client;
use captask::interrupt;
use captask::protocol::json::{Object, quote};
use captask::protocol::{Code, Failure};
use input::{Input, Survey};
use lines::Lines;
use results::{Output, Results};
use resume::{Done, Identity};
use run::Run;
use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::process::ExitCode;

fn wrong(text: String) -> Failure {
    Failure::new(Code::InvalidArgument, text)
}

/// Does what was typed.
pub fn batch(arguments: &BatchArguments) -> Result<ExitCode, Failure> {
    let mut file = input::open(&arguments.tasks)?;
    let survey = match &mut file {
        Some(file) if file.metadata().is_ok_and(|found| found.is_file()) => {
            Some(input::survey(&arguments.tasks, file)?)
        }
        _ => None,
    };
    let journal = match (&arguments.journal, &survey) {
        (None, _) => None,
        (Some(_), None) => {
            let text = "--journal: give the tasks in a file, so that the next run can read them again";
            return Err(wrong(text.to_owned()));
        }
        (Some(_), Some(_)) if arguments.output.as_os_str() == "-" => {
            let text = "--journal: give a file for the results with -o; the next run reads in it which lines are done";
            return Err(wrong(text.to_owned()));
        }
        (Some(journal), Some(survey)) => Some((journal.as_path(), survey)),
    };
    refuse_same_files(arguments)?;
    let config = configuration(arguments)?;
    if let Some((journal, _)) = journal
        && resume::state_path(journal).exists()
        && !journal.exists()
    {
        let text = "the file is missing, and only it says which tasks of the interrupted batch are paid; restore it, or begin a new batch \
                    with another --journal and another -o";
        return Err(wrong(format!("--journal {}: {text}", journal.display())));
    }
    let client = client::open_with(&arguments.client, &config.members)?;
    interrupt::watch();
    let begun = match journal {
        Some((journal, survey)) => begin(arguments, journal, survey, &client),
        None => {
            let output = open_output(&arguments.output, false)?;
            Ok((output, Done::default(), None))
        }
    };
    let (output, done, early) = begun.inspect_err(|_| client.close())?;
    let earlier = early.as_ref().map_or((0, 0), |(_, waiting)| count(waiting));
    let mark = journal.map(|(_, survey)| survey.fingerprint.get(..16).unwrap_or_default().to_owned());
    let adopted = adopted(&client, mark.as_deref(), arguments).inspect_err(|_| client.close())?;
    let input = Input::start(&arguments.tasks, file)?;
    let options = arguments.client.timeout_ms.map(|ms| ("timeoutMs", ms.to_string()));
    let run = Run::new(run::Setup {
        lines: Lines { input, done, adopted: adopted.iter().filter_map(|(_, line)| *line).collect(), earlier },
        results: Results::new(output, !arguments.unordered, early),
        total: survey.map(|survey| survey.tasks),
        tickets: adopted,
        options: options.into_iter().collect(),
        mark,
        parallel: config.parallel,
        quiet: arguments.quiet,
        journal: arguments.journal.clone(),
        client,
    });
    Ok(run.finish())
}

/// How many results there are, and how many of them are errors.
fn count(waiting: &HashMap<u64, String>) -> (u64, u64) {
    let failed = waiting.values().filter(|text| resume::result(text).is_some_and(|(_, failed)| failed)).count();
    (waiting.len() as u64, failed as u64)
}

struct Configuration {
    members: Vec<(&'static str, Option<String>)>,
    parallel: usize,
}

/// What the options add to the configuration.
fn configuration(arguments: &BatchArguments) -> Result<Configuration, Failure> {
    let text = arguments.client.config.as_deref().map(crate::input::read).transpose()?.unwrap_or_else(|| "{}".into());
    let object = Object::parse(&text).map_err(|e| e.into_failure("the configuration", Code::InvalidConfig))?;
    if object.get("journal").is_some_and(|raw| raw.get() != "null") {
        return Err(wrong(
            "journal: remove it from the configuration, and give the journal of a batch with --journal".to_owned(),
        ));
    }
    let mut members = Vec::new();
    let per_minute = arguments.max_per_minute.map(|most| ("tasksPerMinute", most.to_string()));
    let most = arguments.max_tasks.map(|most| ("maxTasks", most.to_string()));
    let limits: Vec<_> = per_minute.into_iter().chain(most).collect();
    if !limits.is_empty() {
        let own = object.get("guard").map(|raw| raw.get()).filter(|text| *text != "null").unwrap_or("{}");
        let own = Object::parse(own).map_err(|e| e.into_failure("guard", Code::InvalidConfig))?;
        members.push(("guard", Some(crate::object::with(&own, &limits))));
    }
    if let Some(path) = &arguments.journal {
        let path = path.to_str().ok_or_else(|| wrong("--journal: the path is not UTF-8".to_owned()))?;
        members.push(("journal", Some(quote(path))));
    }
    // What is wrong there, opening the client says.
    let most = object.get("maxInFlight").and_then(|raw| raw.get().parse::<usize>().ok()).unwrap_or(usize::MAX);
    let parallel = usize::try_from(arguments.parallel).unwrap_or(usize::MAX).min(most).max(1);
    Ok(Configuration { members, parallel })
}

/// Every file has to be another one, also where it is not there yet.
fn refuse_same_files(arguments: &BatchArguments) -> Result<(), Failure> {
    let mut files = vec![("the tasks", arguments.tasks.clone()), ("-o", arguments.output.clone())];
    if let Some(journal) = &arguments.journal {
        files.push(("--journal", journal.clone()));
        files.push(("the file beside the journal", resume::state_path(journal)));
    }
    files.retain(|(_, path)| path.as_os_str() != "-");
    let mut known: Vec<(&str, String)> = Vec::new();
    for (name, path) in files {
        let Ok(place) = absolute(&path) else { continue };
        let device = std::fs::metadata(&path).is_ok_and(|found| !found.is_file());
        if let Some((other, _)) = known.iter().find(|(_, known)| *known == place && !device) {
            return Err(wrong(format!(
                "{}: {name} and {other} are the same file; give each another file",
                path.display()
            )));
        }
        known.push((name, place));
    }
    Ok(())
}

/// What a run begins with: the results, which lines are done, and the results that wait for earlier lines.
type Begun = (Output, Done, Option<(resume::Early, HashMap<u64, String>)>);

/// Begins a batch with a journal, or finds out how far it had come.
fn begin(arguments: &BatchArguments, journal: &Path, survey: &Survey, client: &Client) -> Result<Begun, Failure> {
    let identity = Identity {
        fingerprint: survey.fingerprint.clone(),
        lines: survey.lines,
        results: absolute(&arguments.output)?,
        account: client.account(),
    };
    let state = resume::state_path(journal);
    let begun = resume::begun(&state, &identity)?;
    if !begun && !client.engine().left_behind().is_empty() {
        let (journal, count) = (journal.display(), client.engine().left_behind().len());
        let state = state.display();
        return Err(wrong(format!(
            "{journal}: the journal has {count} tasks, but {state}, which says which batch they belong to, is missing. \
             Restore that file, or give another --journal"
        )));
    }
    let mut output = open_output(&arguments.output, begun)?;
    let done = match (&mut output, begun) {
        (Output::File(file), true) => resume::read_results(&arguments.output, file, survey.lines)?,
        (Output::File(_), false) => Done::default(),
        _ => {
            return Err(wrong(format!(
                "-o {}: it is not a regular file; --journal needs one",
                arguments.output.display()
            )));
        }
    };
    let (early, mut waiting) = resume::open_early(&state, begun, &identity)?;
    // They were written to the results before they could be taken away here.
    waiting.retain(|line, _| !done.has(*line) && *line <= survey.lines);
    Ok((output, done, Some((early, waiting))))
}

/// The path that stays the same whatever folder the next run is started in.
fn absolute(path: &Path) -> Result<String, Failure> {
    let failed = |e: io::Error| wrong(format!("{}: {e}", path.display()));
    if let Ok(found) = std::fs::canonicalize(path) {
        return Ok(found.to_string_lossy().into_owned());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = std::fs::canonicalize(folder).map_err(failed)?;
    let name = path.file_name().ok_or_else(|| wrong(format!("{}: it is not a file", path.display())))?;
    Ok(folder.join(name).to_string_lossy().into_owned())
}

/// Opens the results. What is in a file already is never overwritten: it may be paid for.
fn open_output(path: &Path, begun: bool) -> Result<Output, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Output::Standard);
    }
    let failed = |why: String| wrong(format!("-o {}: {why}", path.display()));
    let mut options = OpenOptions::new();
    let regular = std::fs::metadata(path).map_or(true, |found| found.is_file());
    options.read(regular).write(true).create(!begun && regular);
    let file: File = options.open(path).map_err(|e| match (e.kind(), begun) {
        (io::ErrorKind::NotFound, true) => {
            failed("the file with the results of the interrupted batch is missing; restore it".to_owned())
        }
        (io::ErrorKind::IsADirectory, _) => failed("it is a folder; give a file".to_owned()),
        _ => failed(e.to_string()),
    })?;
    let found = file.metadata().map_err(|e| failed(e.to_string()))?;
    if !found.is_file() {
        return Ok(Output::Device(file));
    }
    if !begun && found.len() > 0 {
        let text = "the file already has results; give another file, or move this one. (Only a batch with --journal continues \
                    after an interruption.)";
        return Err(failed(text.to_owned()));
    }
    Ok(Output::File(file))
}

/// The tickets of tasks that an earlier run left in the journal, each with its line; `None` where nothing was bought.
fn adopted(
    client: &Client,
    mark: Option<&str>,
    arguments: &BatchArguments,
) -> Result<Vec<(i64, Option<u64>)>, Failure> {
    let Some(batch) = mark else { return Ok(Vec::new()) };
    let mark = answer::Mark { batch };
    let mut lines = HashSet::new();
    let mut out = Vec::new();
    for task in client.engine().left_behind() {
        let Some(line) = task.extra.as_deref().and_then(|extra| mark.read(extra)) else {
            let path = arguments.journal.as_deref().unwrap_or(Path::new("")).display();
            return Err(wrong(format!("{path}: the journal has tasks of another batch; give another --journal")));
        };
        out.push((task.ticket, Some(line).filter(|line| task.begun && lines.insert(*line))));
    }
    Ok(out)
}
