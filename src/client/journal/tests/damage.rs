//! A damaged record costs that record alone, and is never written over.

use super::*;
use std::fs;

/// Three records of which the middle one takes several slots.
fn three(name: &str) -> (Scratch, Vec<u8>) {
    let (path, journal) = fresh(name);
    buy(&journal, "111");
    let record = with_extra(&journal, &long(600));
    journal.sent(record);
    journal.bought(record, &long(300), "http://b");
    buy(&journal, "333");
    drop(journal);
    let bytes = fs::read(&path).unwrap();
    (path, bytes)
}

#[test]
fn a_flipped_bit_costs_one_record_and_changes_no_byte() {
    let (path, whole) = three("flipped");
    let all = [bought("111"), bought(&long(300)), bought("333")];
    let (mut costs, mut none) = ([0; 3], 0);
    for at in SLOT..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, &bytes).unwrap();
        let (journal, found) = open(&path);
        let left = lefts(&found);
        let lost: Vec<_> = (0..3).filter(|n| !left.contains(&all[*n])).collect();
        match lost[..] {
            [] => none += 1,
            [one] => costs[one] += 1,
            _ => panic!("byte {at}: {left:?}"),
        }
        assert_eq!(left.len() + lost.len(), 3, "byte {at}");
        // Whatever is written now is written elsewhere.
        for n in 0..3 {
            buy(&journal, &n.to_string());
        }
        for task in &found {
            journal.mark_done(task.record);
        }
        journal.release();
        if let [lost] = lost[..] {
            let after = fs::read(&path).unwrap();
            let slot = at / SLOT;
            assert_eq!(after[slot * SLOT..][..SLOT], bytes[slot * SLOT..][..SLOT], "byte {at}");
            // The record comes back when its bit does.
            let mut mended = after;
            mended[at] ^= 1 << (at % 8);
            fs::write(&path, &mended).unwrap();
            assert!(lefts(&open(&path).1).contains(&all[lost]), "byte {at}");
        }
    }
    assert!(costs.iter().all(|cost| *cost > 100) && none > 12, "{costs:?} {none}");
}

#[test]
fn a_flipped_bit_in_state_or_polls_is_put_right() {
    let (path, journal) = fresh("state");
    let record = buy(&journal, "5");
    journal.polled(record, 77);
    drop(journal);
    let whole = fs::read(&path).unwrap();
    for at in [252, 253, 254, 255] {
        for bit in 0..8 {
            let mut bytes = whole.clone();
            bytes[SLOT + at] ^= 1 << bit;
            fs::write(&path, &bytes).unwrap();
            let (_, found) = open(&path);
            assert_eq!((lefts(&found), found[0].polls), (vec![bought("5")], 77), "{at} {bit}");
        }
    }
}

#[test]
fn a_task_id_that_can_still_be_read_is_logged() {
    let heard = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let (path, journal) = fresh("legible");
    buy(&journal, "7654321");
    drop(journal);
    let mut bytes = fs::read(&path).unwrap();
    bytes[SLOT + 10] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let (sink, name) = (heard.clone(), path.display().to_string());
    let sink = move |_, text: &str| {
        if text.contains(&name) {
            sink.lock().unwrap().push_str(text);
        }
    };
    log::set(Some(std::sync::Arc::new(sink)), 5);
    assert!(open(&path).1.is_empty());
    log::set(None, 0);
    let heard = heard.lock().unwrap();
    assert!(heard.contains("task 7654321 is damaged") && heard.contains("1 records are damaged"), "{heard}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_write_torn_anywhere_leaves_the_state_before() {
    // From queued and sent to bought: the end of the head, cut at each byte.
    let (path, journal) = fresh("torn");
    let record = intend(&journal);
    journal.sent(record);
    let before = fs::read(&path).unwrap();
    journal.bought(record, "7654321", "http://b");
    let after = fs::read(&path).unwrap();
    journal.mark_done(record);
    let done = fs::read(&path).unwrap();
    let next = with_extra(&journal, "[1]");
    let reused = fs::read(&path).unwrap();
    assert_eq!((next, reused.len()), (2, done.len()));
    drop(journal);
    for cut in SLOT..2 * SLOT {
        fs::write(&path, [&after[..cut], &before[cut..]].concat()).unwrap();
        assert_eq!(lefts(&open(&path).1), [Left::Sent], "{cut}");
        fs::write(&path, [&reused[..cut], &done[cut..]].concat()).unwrap();
        let (journal, found) = open(&path);
        assert!(found.is_empty(), "{cut}");
        intend(&journal);
        drop(journal);
        assert_eq!(slots(&path), 2, "{cut}: the slot is still free");
    }
}

#[test]
fn a_file_cut_anywhere_keeps_its_whole_records() {
    let (path, journal) = fresh("cut");
    for n in 0..4 {
        let record = with_extra(&journal, &long(n * 130));
        journal.bought(record, &n.to_string(), "http://a");
    }
    drop(journal);
    let whole = fs::read(&path).unwrap();
    for cut in (SLOT..=whole.len()).step_by(7).chain((SLOT..=whole.len()).step_by(SLOT)) {
        fs::write(&path, &whole[..cut]).unwrap();
        let (journal, found) = open(&path);
        let ends = [2, 4, 6, 9].map(|slots| slots * SLOT);
        assert_eq!(found.len(), ends.iter().filter(|end| **end <= cut).count(), "{cut}");
        buy(&journal, "99");
        drop(journal);
        assert_eq!(open(&path).1.len(), found.len() + 1, "{cut}");
        // Further slots whose head is missing are of a record that was never written whole.
        let kept = ends.into_iter().filter(|end| *end <= cut).max().unwrap_or(SLOT);
        assert!(fs::read(&path).unwrap()[..kept] == whole[..kept], "{cut}: something is written over");
    }
}

#[test]
fn a_circle_of_slots_has_an_end() {
    let (path, journal) = fresh("circle");
    with_extra(&journal, &long(2000));
    drop(journal);
    let mut bytes = fs::read(&path).unwrap();
    // The second of the further slots leads back to the first.
    let mut slot: [u8; SLOT] = bytes[2 * SLOT..3 * SLOT].try_into().unwrap();
    let slot::Slot::More(mut more) = slot::read(&slot) else { panic!("a further slot") };
    more.next = 1;
    slot = slot::write_more(&more);
    bytes[2 * SLOT..3 * SLOT].copy_from_slice(&slot);
    fs::write(&path, &bytes).unwrap();
    let (journal, found) = open(&path);
    assert!(found.is_empty());
    buy(&journal, "5");
    drop(journal);
    assert_eq!(fs::read(&path).unwrap()[..bytes.len()], bytes);
}
