//! Reads a journal: what is live, what is free, and what cannot be read.

use super::locked_file::read_at;
use super::slot::{self, EXTRA_ROOM, Head, MORE_ROOM, More, SLOT, Slot, SlotState};
use serde_json::value::RawValue;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;

/// Slots that are read at once.
const BATCH: usize = 256;

/// What is in a journal.
#[derive(Default)]
pub struct Scan {
    /// Slots, the first one included.
    pub slots: u32,
    /// Those that may be written to.
    pub free: Vec<u32>,
    /// The live records of one owner, the oldest first.
    pub found: Vec<Found>,
    /// Where something is that cannot be read. It is never written to.
    pub damaged: Vec<u32>,
    /// TaskIds that can be read in damaged records.
    pub damaged_tasks: Vec<String>,
    /// A serial that no record has.
    pub serial: u64,
}

/// A live record.
pub struct Found {
    /// Its first slot.
    pub slot: u32,
    /// That slot.
    pub head: Head,
    /// Its further slots.
    pub more: Vec<u32>,
    /// The task, when it is bought.
    pub task_id: Option<String>,
    /// JSON text to hand back.
    pub extra: Option<String>,
}

/// Where a further slot belongs.
struct Link {
    serial: u64,
    head: u32,
    next: u32,
}

/// Reads the file; the records of `owner` in full.
pub fn scan(file: &File, owner: u64) -> io::Result<Scan> {
    let mut scan = Scan { slots: 1, serial: 1, ..Scan::default() };
    let mut heads: HashMap<u32, (Head, Vec<u32>)> = HashMap::new();
    let mut links: HashMap<u32, Link> = HashMap::new();
    let mut buffer = vec![0; BATCH * SLOT];
    loop {
        let read = read_at(file, &mut buffer, place(scan.slots))?;
        let (whole, rest) = buffer.get(..read).unwrap_or(&buffer).as_chunks::<SLOT>();
        let torn = Some(rest).filter(|rest| !rest.is_empty()).map(|rest| {
            let mut slot = [0; SLOT];
            slot.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
            slot
        });
        for bytes in whole.iter().chain(torn.as_ref()) {
            let at = scan.slots;
            scan.slots = at.checked_add(1).ok_or(io::ErrorKind::FileTooLarge)?;
            match slot::read(bytes) {
                Slot::Free => scan.free.push(at),
                Slot::Head(head) => {
                    scan.serial = scan.serial.max(head.serial.wrapping_add(1));
                    heads.insert(at, (head, Vec::new()));
                }
                Slot::More(More { serial, head, next, .. }) => {
                    scan.serial = scan.serial.max(serial.wrapping_add(1));
                    links.insert(at, Link { serial, head, next });
                }
                Slot::Damaged(task_id) => {
                    scan.damaged.push(at);
                    scan.damaged_tasks.extend(task_id);
                }
            }
        }
        if read < buffer.len() {
            break;
        }
    }
    scan.share_out(&mut heads, &links);
    for (at, (head, more)) in heads {
        if head.owner == owner {
            match Found::read(file, at, head, more, &links)? {
                Ok(found) => scan.found.push(found),
                Err(task_id) => {
                    scan.damaged.push(at);
                    scan.damaged_tasks.extend(task_id);
                }
            }
        }
    }
    scan.found.sort_unstable_by_key(|found| (found.head.serial, found.slot));
    Ok(scan)
}

impl Scan {
    /// Gives each further slot to its record; those of records that are over are free.
    fn share_out(&mut self, heads: &mut HashMap<u32, (Head, Vec<u32>)>, links: &HashMap<u32, Link>) {
        let damaged: HashSet<u32> = self.damaged.iter().copied().collect();
        for (at, link) in links {
            match heads.get_mut(&link.head) {
                Some((head, more)) if head.serial == link.serial => more.push(*at),
                // Of a record that cannot be read.
                None if damaged.contains(&link.head) => {}
                _ => self.free.push(*at),
            }
        }
    }
}

impl Found {
    /// Reads a whole record; what is known of its task when it is damaged.
    fn read(
        file: &File,
        slot: u32,
        head: Head,
        more: Vec<u32>,
        links: &HashMap<u32, Link>,
    ) -> io::Result<Result<Found, Option<String>>> {
        let chain = Chain { file, slot, serial: head.serial, most: more.len(), links };
        let task_id = match (head.state, head.name.next) {
            (SlotState::Bought, 0) => json(head.name.task_id.clone()),
            (SlotState::Bought, next) => chain.follow(next, head.name.length)?.and_then(json),
            _ => None,
        };
        let extra = match head.extra_length {
            None => Some(None),
            Some(length) => {
                let rest = length.saturating_sub(u32::try_from(EXTRA_ROOM).unwrap_or(0));
                chain.follow(head.next, rest)?.and_then(|rest| json([&*head.extra, &rest].concat())).map(Some)
            }
        };
        let known = task_id.is_some() || head.state != SlotState::Bought;
        Ok(match extra {
            Some(extra) if known => Ok(Found { slot, head, more, task_id, extra }),
            _ => Err(task_id),
        })
    }
}

/// The further slots of a record.
struct Chain<'a> {
    file: &'a File,
    slot: u32,
    serial: u64,
    /// How many there are.
    most: usize,
    links: &'a HashMap<u32, Link>,
}

impl Chain<'_> {
    /// The text that goes on at `next`; `None` when a part of it is missing.
    fn follow(&self, mut next: u32, length: u32) -> io::Result<Option<Vec<u8>>> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        // Else a circle would have no end.
        if length.div_ceil(MORE_ROOM) > self.most {
            return Ok(None);
        }
        let mut text = Vec::with_capacity(length);
        while text.len() < length {
            let link = self.links.get(&next).filter(|link| (link.serial, link.head) == (self.serial, self.slot));
            let Some(link) = link else { return Ok(None) };
            let mut bytes = [0; SLOT];
            read_at(self.file, &mut bytes, place(next))?;
            let Slot::More(more) = slot::read(&bytes) else { return Ok(None) };
            text.extend_from_slice(&more.text);
            next = link.next;
        }
        text.truncate(length);
        Ok(Some(text))
    }
}

/// The text, when it is one JSON value.
fn json(text: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(text).ok()?;
    serde_json::from_str::<&RawValue>(&text).is_ok().then_some(text)
}

/// Where in the file a slot is.
pub fn place(slot: u32) -> u64 {
    u64::from(slot) * SLOT as u64
}
