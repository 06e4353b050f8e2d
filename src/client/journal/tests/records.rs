//! What is written is found again, in as little room as it takes.

use super::*;

#[test]
fn each_state_is_found_as_it_was_left() {
    let (path, journal) = fresh("states");
    let queued = with_extra(&journal, "{\"a\":\n1}");
    let sent = with_extra(&journal, "\"x\"");
    let back = intend(&journal);
    let over = buy(&journal, "5");
    let paid = intend(&journal);
    assert!(journal.sent(sent) && journal.sent(back) && journal.sent(paid));
    journal.unsent(back);
    // Only what was sent can have bought nothing.
    journal.unsent(queued);
    journal.bought(paid, "12345678901234567890", "http://b");
    journal.unsent(paid);
    journal.polled(paid, 7);
    journal.mark_done(over);
    drop(journal);
    let (_, found) = open(&path);
    assert_eq!(lefts(&found), [Left::Queued, Left::Sent, Left::Queued, bought("12345678901234567890")]);
    assert_eq!(found[0].extra.as_deref(), Some("{\"a\":\n1}"));
    assert_eq!((found[1].extra.as_deref(), found[2].extra.as_deref()), (Some("\"x\""), None));
    assert_eq!((found[3].host, found[3].polls), (1, 7));
}

#[test]
fn texts_of_any_length_come_back() {
    let (path, journal) = fresh("lengths");
    let lengths = [0, 60, 83, 84, 85, 97, 98, 99, 228, 229, 230, 231, 328, 329, 330, 331, 5000, 100_000];
    for n in lengths {
        let record = with_extra(&journal, &long(n));
        journal.sent(record);
        journal.bought(record, &long(n + 1), "http://b");
    }
    let adopted =
        Intent { extra: Some("[1]"), task_id: Some(&long(3000)), host: "http://b", polls: 400, own_key: true };
    journal.intend(&adopted).unwrap();
    drop(journal);
    for _ in 0..2 {
        let (_journal, found) = open(&path);
        assert_eq!(found.len(), lengths.len() + 1);
        for (task, n) in found.iter().zip(lengths) {
            assert_eq!((&task.left, task.extra.as_ref()), (&bought(&long(n + 1)), Some(&long(n))), "{n}");
            assert_eq!((task.host, task.own_key), (1, false));
        }
        let last = found.last().unwrap();
        assert_eq!((&last.left, last.polls, last.own_key), (&bought(&long(3000)), 255, true));
    }
}

#[test]
fn a_task_id_in_any_script_keeps_its_bytes() {
    let (path, journal) = fresh("script");
    let texts = [format!("\"{}\"", "é".repeat(80)), "\"a b\u{7f}𝄞\"".into(), "12".into()];
    for text in &texts {
        buy(&journal, text);
    }
    drop(journal);
    assert_eq!(lefts(&open(&path).1), texts.map(Left::Bought));
}

#[test]
fn slots_of_finished_tasks_are_used_again() {
    let (path, journal) = fresh("again");
    for round in 0..200 {
        let records: Vec<_> = (0..5).map(|n| with_extra(&journal, &long(n * 150))).collect();
        for record in records {
            journal.sent(record);
            journal.bought(record, &long(round), "http://a");
            journal.mark_done(record);
        }
    }
    assert!(slots(&path) < 25, "{}", slots(&path));
    journal.release();
    assert_eq!(slots(&path), 1, "a close cuts off what is free");
}

#[test]
fn slots_that_were_used_again_are_not_mistaken_after_a_crash() {
    let path = Scratch::file("reused");
    let mut expected: Vec<String> = Vec::new();
    for life in 0..8_usize {
        let (journal, found) = open(&path);
        let ids: Vec<_> = found.iter().map(|task| task.extra.clone().unwrap()).collect();
        assert_eq!(ids, expected, "{life}");
        for task in found.iter().step_by(2) {
            journal.mark_done(task.record);
        }
        expected = expected.into_iter().skip(1).step_by(2).collect();
        for n in 0..20 {
            let extra = long(life * 100 + n * 41 % 900);
            with_extra(&journal, &extra);
            expected.push(extra);
        }
    }
}

#[test]
fn room_for_long_task_ids_is_kept_once_one_was_seen() {
    let (path, journal) = fresh("spare");
    buy(&journal, &long(300));
    let (sent, before) = (intend(&journal), slots(&path));
    journal.sent(sent);
    journal.bought(sent, &long(400), "http://a");
    assert_eq!(slots(&path), before, "nothing had to be added");
    drop(journal);
    let (journal, found) = open(&path);
    assert_eq!(lefts(&found), [bought(&long(300)), bought(&long(400))]);
    let (sent, before) = (intend(&journal), slots(&path));
    journal.bought(sent, &long(500), "http://a");
    assert_eq!(slots(&path), before + 1, "the one that is longer than any before");
    let unused = intend(&journal);
    journal.mark_done(unused);
    drop(journal);
    assert_eq!(open(&path).1.len(), 3);
}

#[test]
fn other_keys_and_hosts_are_left_alone() {
    let (path, journal) = fresh("others");
    let record = intend(&journal);
    journal.bought(record, "5", "http://b");
    drop(journal);
    let before = std::fs::read(&path).unwrap();
    let other = Journal::open(&path, &Secret::new("other".into()), &hosts()).unwrap();
    assert!(other.1.is_empty());
    other.0.release();
    let fewer = Journal::open(&path, &Secret::new("k".into()), &hosts()[..1]).unwrap();
    assert!(fewer.1.is_empty());
    fewer.0.release();
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(lefts(&open(&path).1), [bought("5")]);
}

#[test]
fn a_long_host_is_told_from_the_others() {
    let path = Scratch::file("host");
    let hosts = ["a", "b", "c"].map(|tail| format!("http://{}{tail}", "h".repeat(400)));
    let open = || Journal::open(&path, &Secret::new("k".into()), &hosts).unwrap();
    let (journal, _) = open();
    let (one, two) = (intend(&journal), intend(&journal));
    journal.bought(one, "12", &hosts[1]);
    journal.bought(two, &long(500), &hosts[2]);
    drop(journal);
    assert_eq!(open().1.iter().map(|task| task.host).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn what_was_delivered_is_over_after_a_release_and_not_after_a_crash() {
    let (path, journal) = fresh("delivered");
    let (one, two, three) = (buy(&journal, "1"), buy(&journal, "2"), buy(&journal, "3"));
    for record in [one, two, three] {
        journal.delivered(record);
    }
    journal.mark_done(one);
    assert!(journal.orphan(three) && !journal.orphan(three) && !journal.orphan(one));
    // By its old number it is not to be had any more.
    journal.mark_done(three);
    drop(journal);
    let (journal, found) = open(&path);
    assert_eq!(lefts(&found), [bought("2"), bought("3")]);
    journal.delivered(found[0].record);
    journal.release();
    assert_eq!(lefts(&open(&path).1), [bought("3")]);
}

#[test]
fn after_release_nothing_is_written() {
    let (path, old) = fresh("released");
    let (one, two) = (intend(&old), intend(&old));
    old.release();
    let (new, found) = open(&path);
    assert_eq!(found.len(), 2);
    buy(&new, "9");
    let before = std::fs::read(&path).unwrap();
    old.bought(one, "5", "http://b");
    old.bought(two, &long(300), "http://b");
    old.polled(one, 8);
    assert!(!old.sent(one));
    old.mark_done(one);
    old.mark_done(two);
    assert_eq!(old.intend(&plain()).unwrap_err().code, Code::Closed);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    old.release();
    drop(old);
    assert!(try_open(&path).is_err(), "the new client still has it");
}

#[test]
fn a_sink_may_call_the_client() {
    static BLOCKED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    static HEARD: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let order = std::sync::atomic::Ordering::Relaxed;
    let (path, journal) = fresh("sink");
    let journal = std::sync::Arc::new(journal);
    let records: Vec<_> = (0..3).map(|_| intend(&journal)).collect();
    journal.inner().broken = true;
    let (weak, name) = (std::sync::Arc::downgrade(&journal), path.display().to_string());
    let sink = move |_, text: &str| {
        if let (true, Some(journal)) = (text.contains(&name), weak.upgrade()) {
            HEARD.fetch_add(1, order);
            BLOCKED.fetch_add(usize::from(journal.inner.try_lock().is_err()), order);
        }
    };
    log::set(Some(std::sync::Arc::new(sink)), 5);
    journal.bought(records[0], "5", "http://a");
    journal.bought(records[1], &long(300), "http://a");
    journal.polled(records[1], 5);
    assert!(!journal.sent(records[1]));
    journal.mark_done(records[2]);
    log::set(None, 0);
    assert_eq!((HEARD.load(order), BLOCKED.load(order)), (5, 0));
}

#[test]
fn a_full_disk_refuses_the_intent_and_keeps_the_rest() {
    let (path, journal) = fresh("full");
    let (one, two) = (intend(&journal), buy(&journal, "2"));
    journal.mark_done(two);
    let before = slots(&path);
    journal.inner().broken = true;
    let failure = journal.intend(&Intent { extra: Some(&long(2000)), ..plain() }).unwrap_err();
    // The new slots, which nothing in the file was free for.
    let again = journal.inner().free.drain(..).collect::<Vec<_>>();
    assert!(journal.intend(&plain()).is_err());
    journal.inner().free.extend(again);
    assert_eq!(failure.code, Code::QueueFull);
    assert!(failure.description.contains("so nothing was sent"), "{failure}");
    assert_eq!(slots(&path), before, "half a slot is cut off again");
    journal.inner().broken = false;
    buy(&journal, "3");
    assert_eq!(slots(&path), before, "the free slot is still known");
    journal.sent(one);
    drop(journal);
    assert_eq!(lefts(&open(&path).1), [Left::Sent, bought("3")]);
}

#[test]
fn many_threads_write_at_once() {
    let (path, journal) = fresh("threads");
    std::thread::scope(|scope| {
        for thread in 1..5 {
            let journal = &journal;
            scope.spawn(move || {
                for n in 0..200 {
                    let record = with_extra(journal, &long(n * 3));
                    journal.sent(record);
                    journal.bought(record, &format!("{thread}{n:04}"), "http://a");
                    if n % 10 != 0 {
                        journal.mark_done(record);
                    }
                }
            });
        }
    });
    drop(journal);
    let mut found: Vec<_> = open(&path).1.into_iter().map(|task| (task.left, task.extra.unwrap())).collect();
    found.sort_by_key(|(left, _)| format!("{left:?}"));
    let expected: Vec<_> = (1..5)
        .flat_map(|thread| (0..200).step_by(10).map(move |n| (bought(&format!("{thread}{n:04}")), long(n * 3))))
        .collect();
    assert!(found == expected, "{} of {}", found.len(), expected.len());
}
