use super::*;

const SEC: Duration = Duration::from_secs(1);
const SCHEDULE: Schedule =
    Schedule { first: Duration::from_secs(3), interval: Duration::from_secs(2), minimum: Duration::from_secs(2) };
const DEADLINE: Duration = Duration::from_secs(180);

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Polls a task that is ready at `ready`; the times of the polls.
fn polls(times: &PollTimes, kind: &str, ready: Duration, deadline: Duration) -> Vec<Duration> {
    let mut made: Vec<Duration> = Vec::new();
    loop {
        let count = made.len() as u32;
        let at = times.next(kind, made.last().copied(), count, SCHEDULE, deadline, 120 - count);
        if at >= deadline {
            return made;
        }
        made.push(at);
        if at >= ready {
            return made;
        }
    }
}

/// Learns from tasks that are ready at `ready`, asked as learnt so far.
fn learn(times: &mut PollTimes, kind: &str, tasks: u64, ready: Duration) {
    for task in 0..tasks {
        let made = polls(times, kind, ready + ms(task * 7 % 90), DEADLINE + ms(task));
        let before = made.len().checked_sub(2).map_or(Duration::ZERO, |i| made[i]);
        times.observe(kind, SCHEDULE, before, made[made.len() - 1]);
    }
}

fn learned(times: &PollTimes, kind: &str) -> Option<Learned> {
    times.snapshot().find(|(name, _)| *name == kind).map(|(_, learned)| learned)
}

#[test]
fn nothing_learnt_is_the_schedule() {
    let times = PollTimes::new();
    assert_eq!(polls(&times, "a", 8 * SEC, DEADLINE), [3 * SEC, 5 * SEC, 7 * SEC, 9 * SEC]);
    assert_eq!(times.snapshot().count(), 0);
}

#[test]
fn a_steady_kind_is_asked_once_and_others_are_not_touched() {
    let mut times = PollTimes::new();
    learn(&mut times, "a", 600, ms(4400));
    let learned = learned(&times, "a").expect("the kind is known");
    assert!(learned.active && learned.samples == 600, "{learned:?}");
    assert!((4000..5000).contains(&learned.median_ms), "{learned:?}");
    let late = (0..100).filter(|i| polls(&times, "a", ms(4450), DEADLINE + ms(*i)).len() > 1).count();
    assert!(late < 25, "{late} of 100 asked more than once");
    assert_eq!(polls(&times, "b", 4 * SEC, DEADLINE), [3 * SEC, 5 * SEC]);
}

#[test]
fn polls_keep_the_minimum_their_number_and_the_deadline() {
    let mut times = PollTimes::new();
    learn(&mut times, "a", 400, ms(4400));
    for deadline in [ms(500), 3 * SEC, 10 * SEC, 179 * SEC, 600 * SEC] {
        for salt in 0..40 {
            let deadline = deadline + Duration::from_nanos(salt);
            let made = polls(&times, "a", Duration::MAX, deadline);
            assert!(!made.is_empty() && made.len() <= 120, "{} polls until {deadline:?}", made.len());
            assert!(made.windows(2).all(|two| two[1] >= two[0] + SCHEDULE.minimum), "{made:?}");
            let last = made[made.len() - 1];
            assert!(deadline < 10 * SEC || last + 6 * SEC >= deadline, "the last poll is at {last:?} of {deadline:?}");
            assert!(made[0] >= SCHEDULE.minimum || deadline < 3 * SEC, "{made:?}");
        }
    }
    // Few polls are spread over the whole time, and none is the deadline.
    assert_eq!(times.next("a", Some(10 * SEC), 1, SCHEDULE, DEADLINE, 1), DEADLINE - SEC);
    assert_eq!(times.next("a", Some(10 * SEC), 3, SCHEDULE, DEADLINE, 0), DEADLINE);
}

#[test]
fn another_schedule_begins_anew() {
    let mut times = PollTimes::new();
    learn(&mut times, "a", 200, ms(4400));
    let other = Schedule { first: SEC, ..SCHEDULE };
    assert_eq!(times.next("a", None, 0, other, DEADLINE, 120), SEC);
    times.observe("a", other, SEC, 3 * SEC);
    assert_eq!(learned(&times, "a").map(|learned| learned.samples), Some(1));
}

#[test]
fn the_kind_seen_longest_ago_gives_way() {
    let mut times = PollTimes::new();
    for kind in 0..100 {
        times.observe(&format!("kind {kind}"), SCHEDULE, 3 * SEC, 5 * SEC);
        times.observe("kept", SCHEDULE, 3 * SEC, 5 * SEC);
    }
    assert_eq!(times.snapshot().count(), MOST_KINDS);
    assert!(learned(&times, "kept").is_some() && learned(&times, "kind 0").is_none());
}

#[test]
fn strange_times_do_no_harm() {
    let mut times = PollTimes::new();
    let odd = [Duration::ZERO, Duration::from_nanos(1), 5 * SEC, Duration::from_secs(1 << 40), Duration::MAX];
    for (first, interval) in odd.into_iter().flat_map(|a| odd.into_iter().map(move |b| (a, b))) {
        let schedule = Schedule { first, interval, minimum: first.min(interval) };
        for round in 0..64_usize {
            times.observe("a", schedule, odd[round % 5], odd[round / 5 % 5]);
            for asked in [None, Some(odd[round % 5])] {
                let deadline = odd[round % 3].max(SEC);
                assert!(times.next("a", asked, 1, schedule, deadline, 5) <= deadline);
            }
        }
    }
}

#[test]
fn a_kind_stays_small() {
    assert!(size_of::<Kind>() <= 600, "{} bytes", size_of::<Kind>());
}
