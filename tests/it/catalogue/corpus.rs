//! Requests that the documentation and the official clients have, with values of our own: none is warned of in vain.

use captask::protocol::catalog;

/// What `make official-update` keeps: client, version, class and task, a line each.
const OFFICIAL: &str = include_str!("corpus/official.txt");
/// Requests with the members that the pages of the documentation name: id of the entry, and task.
const DOCUMENTED: &str = include_str!("corpus/documented.txt");

/// Each line's words before the task, and the task.
fn lines(corpus: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    corpus.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let at = line.find('{').unwrap_or_else(|| panic!("no task: {line}"));
        (line[..at].trim_end(), &line[at..])
    })
}

/// Warnings that requests of the official clients and of old pages earn: where in the task, and what the text holds.
const EARNED: [(&str, &str); 5] = [
    ("/type", "is deprecated"),
    ("/class", "is deprecated"),
    ("/class", "is removed from the documentation"),
    ("/proxyLogin", "the documentation asks for proxyLogin"),
    ("/yidunGetLib", "recommended"),
];

/// What is said of a task beyond that.
fn said(task: &str) -> Vec<String> {
    let found = catalog::check_task(task);
    let earned =
        |one: &&catalog::Problem| EARNED.iter().any(|(at, text)| one.pointer == *at && one.problem.contains(text));
    let warnings = found.warnings.iter().filter(|one| !earned(one));
    found.problems.iter().chain(warnings).map(|one| format!("{}: {}", one.pointer, one.problem)).collect()
}

#[test]
fn what_official_clients_send_is_right_and_known() {
    let mut count = 0;
    for (from, task) in lines(OFFICIAL) {
        assert_eq!(said(task), Vec::<String>::new(), "{from} {task}");
        assert!(catalog::check_task(task).variant.is_some(), "{from} {task}");
        count += 1;
    }
    assert!(count >= 150, "{count}");
}

#[test]
fn what_the_documentation_shows_is_right_and_means_its_entry() {
    let mut seen = std::collections::BTreeSet::new();
    for (from, task) in lines(DOCUMENTED) {
        assert_eq!(said(task), Vec::<String>::new(), "{from} {task}");
        assert_eq!(catalog::check_task(task).variant, Some(from), "{task}");
        seen.insert(from);
    }
    let current = |id: &String| super::describe(&format!("task/{id}"))["status"] != "removed";
    let missing: Vec<String> =
        super::ids().into_iter().filter(|id| !seen.contains(id.as_str())).filter(current).collect();
    assert!(missing.is_empty(), "no request of {missing:?}");
}

#[test]
fn a_slip_in_any_of_them_is_said() {
    for (from, task) in lines(OFFICIAL).chain(lines(DOCUMENTED)) {
        let slip = task.replacen('{', "{\"webSiteUrl2\":\"x\",", 1);
        assert!(!said(&slip).is_empty(), "{from} {slip}");
    }
}
