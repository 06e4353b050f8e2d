//! What one client has in the file of a journal, and every write to it.

use super::locked_file::{self, LockedFile, write_at};
use super::record::{Adoptable, Intent, Left};
use super::scan::{Found, Scan, place};
use super::slot::{self, EXTRA_ROOM, Head, MORE_ROOM, More, NAME_ROOM, Name, SLOT, SlotState};
use std::collections::HashMap;
use std::io;

/// The most further slots that are kept for a taskId, whatever was seen before.
const MOST_SPARE: usize = 16;

/// The file, and the records of this client in it.
pub struct Inner {
    /// `None` after release: the file may be another client's, and nothing is written any more.
    pub locked_file: Option<LockedFile>,
    /// Slots in the file, the first one included.
    pub slots: u32,
    pub free: Vec<u32>,
    serial: u64,
    /// Further slots that a taskId has needed so far: as many are kept for the next.
    spare: usize,
    /// The live records of this client, by their numbers, of which none is given twice.
    records: HashMap<u64, Record>,
    next: u64,
    /// Has every write fail half done.
    #[cfg(test)]
    pub broken: bool,
}

/// A live record.
struct Record {
    slot: u32,
    serial: u64,
    state: SlotState,
    polls: u8,
    /// The host has been given the answer, and has not yet released it.
    delivered: bool,
    /// Its further slots, in order.
    more: Vec<u32>,
    /// How many of these, the last ones, are kept for the taskId.
    spare: usize,
}

impl Inner {
    /// What was read of a file.
    pub fn new(locked_file: LockedFile, scan: &mut Scan) -> Self {
        Inner {
            locked_file: Some(locked_file),
            slots: scan.slots,
            free: std::mem::take(&mut scan.free),
            serial: scan.serial,
            spare: 0,
            records: HashMap::with_capacity(scan.found.len()),
            next: 0,
            #[cfg(test)]
            broken: false,
        }
    }

    /// Whether a record is live.
    pub fn knows(&self, record: u64) -> bool {
        self.records.contains_key(&record)
    }

    fn write(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        #[cfg(test)]
        if self.broken {
            // As a disk does that is full in the middle.
            if let Some(locked_file) = &self.locked_file {
                write_at(locked_file.file(), &bytes[..bytes.len() / 2], at)?;
            }
            return Err(io::ErrorKind::StorageFull.into());
        }
        match &self.locked_file {
            Some(locked_file) => write_at(locked_file.file(), bytes, at),
            None => Ok(()),
        }
    }

    fn insert(&mut self, record: Record) -> u64 {
        self.next += 1;
        self.records.insert(self.next, record);
        self.next
    }

    /// Takes over what an earlier client left.
    pub fn adopt(&mut self, found: Found, host: usize) -> Adoptable {
        let Found { slot, head, more, task_id, extra } = found;
        if head.name.next != 0 {
            self.learn(&head.name);
        }
        let (serial, state, polls) = (head.serial, head.state, head.polls);
        let record = self.insert(Record { slot, serial, state, polls, delivered: false, more, spare: 0 });
        let left = match task_id {
            Some(id) => Left::Bought(id),
            None if state == SlotState::Queued => Left::Queued,
            None => Left::Sent,
        };
        Adoptable { record, left, host, polls: u32::from(polls), own_key: head.own_key, extra }
    }

    /// A service with long taskIds has more of them.
    fn learn(&mut self, name: &Name) {
        let slots = usize::try_from(name.length).unwrap_or(usize::MAX).div_ceil(MORE_ROOM);
        self.spare = self.spare.max(slots.min(MOST_SPARE));
    }

    /// So many slots that may be written to, in the order of the file.
    fn take(&mut self, count: usize) -> io::Result<Vec<u32>> {
        let known = self.free.len().min(count);
        let new = u32::try_from(count - known).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let end = self.slots.checked_add(new).ok_or(io::ErrorKind::FileTooLarge)?;
        let mut taken = self.free.split_off(self.free.len() - known);
        taken.sort_unstable();
        taken.extend(self.slots..end);
        self.slots = end;
        Ok(taken)
    }

    /// Gives back what could not be written.
    fn give_back(&mut self, taken: Vec<u32>, end: u32) {
        self.free.extend(taken.into_iter().filter(|slot| *slot < end));
        if self.slots != end {
            self.slots = end;
            // Half a slot takes room, and would be found damaged.
            self.shorten(end);
        }
    }

    fn shorten(&self, end: u32) {
        if let Some(locked_file) = &self.locked_file {
            let length = if locked_file.blank { 0 } else { place(end) };
            // What is behind the end does no harm.
            let _ = locked_file.file().set_len(length);
        }
    }

    /// Writes slots, neighbours in one piece.
    fn write_slots(&self, at: &[u32], bytes: &[[u8; SLOT]]) -> io::Result<()> {
        let mut from = 0;
        for to in 1..=at.len() {
            let ends = to == at.len() || at[to] != at[to - 1] + 1;
            if ends {
                self.write(place(at[from]), bytes[from..to].as_flattened())?;
                from = to;
            }
        }
        Ok(())
    }

    /// A new record.
    pub fn add(&mut self, owner: u64, intent: &Intent<'_>) -> io::Result<u64> {
        let extra = intent.extra.unwrap_or_default().as_bytes();
        let extra_rest = extra.get(EXTRA_ROOM..).unwrap_or_default();
        let mut name = intent.task_id.map(|id| name(id, intent.host)).unwrap_or_default();
        let long = Some(name.task_id.as_slice()).filter(|id| id.len() > NAME_ROOM).unwrap_or_default();
        let spare = if intent.task_id.is_some() { long.len().div_ceil(MORE_ROOM) } else { self.spare };
        let extra_slots = extra_rest.len().div_ceil(MORE_ROOM);
        let extra_length = u32::try_from(extra.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let end = self.slots;
        let slots = self.take(extra_slots + spare + 1)?;
        let serial = self.serial;
        self.serial = serial.wrapping_add(1);
        let Some((head_at, more)) = slots.split_last() else { return Err(io::ErrorKind::InvalidInput.into()) };
        let (extra_more, spare_more) = more.split_at(extra_slots);
        let mut bytes = chain(extra_rest, extra_more, serial, *head_at);
        bytes.extend(chain(long, spare_more, serial, *head_at));
        if !long.is_empty() {
            name.next = spare_more.first().copied().unwrap_or(0);
        }
        let (state, polls) =
            (if intent.task_id.is_some() { SlotState::Bought } else { SlotState::Queued }, short(intent.polls));
        let head = Head {
            serial,
            owner,
            next: extra_more.first().copied().unwrap_or(0),
            extra_length: intent.extra.map(|_| extra_length),
            own_key: intent.own_key,
            extra: extra.to_vec(),
            state,
            polls,
            name,
        };
        // Last of all, and so it is what makes the others count.
        bytes.push(slot::write_head(&head));
        if let Err(e) = self.write_first().and_then(|()| self.write_slots(&slots, &bytes)) {
            self.give_back(slots, end);
            return Err(e);
        }
        let (slot, more) = (*head_at, more.to_vec());
        Ok(self.insert(Record { slot, serial, state, polls, delivered: false, more, spare }))
    }

    /// Writes what the file is, before its first record.
    fn write_first(&mut self) -> io::Result<()> {
        if self.locked_file.as_ref().is_some_and(|locked_file| locked_file.blank) {
            self.write(0, &locked_file::first_slot())?;
            if let Some(locked_file) = &mut self.locked_file {
                locked_file.blank = false;
            }
        }
        Ok(())
    }

    /// Changes the state of a record that has the one expected.
    pub fn turn(&mut self, record: u64, from: SlotState, to: SlotState) -> io::Result<()> {
        let Some(known) = self.records.get(&record).filter(|known| known.state == from) else { return Ok(()) };
        self.write(place(known.slot) + slot::STATE_AT as u64, &[to as u8])?;
        if let Some(known) = self.records.get_mut(&record) {
            known.state = to;
        }
        Ok(())
    }

    pub fn buy(&mut self, record: u64, task_id: &str, host: &str) -> io::Result<()> {
        let Some(known) = self.records.get(&record).filter(|known| known.state != SlotState::Bought) else {
            return Ok(());
        };
        let (at, serial, polls) = (known.slot, known.serial, known.polls);
        let mut name = name(task_id, host);
        if name.task_id.len() > NAME_ROOM {
            let count = name.task_id.len().div_ceil(MORE_ROOM);
            let mut slots = known.more[known.more.len() - known.spare..].to_vec();
            let (kept, end) = (slots.len().min(count), self.slots);
            slots.truncate(kept);
            let taken = self.take(count - kept)?;
            slots.extend(&taken);
            let bytes = chain(&name.task_id, &slots, serial, at);
            if let Err(e) = self.write_slots(&slots, &bytes) {
                self.give_back(taken, end);
                return Err(e);
            }
            if let Some(known) = self.records.get_mut(&record) {
                known.more.extend(taken);
            }
            name.next = slots.first().copied().unwrap_or(0);
            self.learn(&name);
        }
        // The state is the last byte of it: a death in the middle leaves `sent`, never half a taskId.
        self.write(place(at) + slot::BOUGHT_AT as u64, &slot::write_name(&name, polls))?;
        if let Some(known) = self.records.get_mut(&record) {
            (known.state, known.spare) = (SlotState::Bought, 0);
        }
        Ok(())
    }

    /// Writes how many polls a task has had.
    pub fn count(&mut self, record: u64, polls: u32) -> io::Result<()> {
        let polls = short(polls);
        let Some(known) = self.records.get_mut(&record) else { return Ok(()) };
        known.polls = polls;
        let at = place(known.slot) + slot::POLLS_AT as u64;
        self.write(at, &[polls; 3])
    }

    /// Gives a record a number that no one has; `false` when it is over.
    pub fn orphan(&mut self, record: u64) -> bool {
        let Some(mut known) = self.records.remove(&record) else { return false };
        known.delivered = false;
        self.insert(known);
        true
    }

    /// Has a record end with the client.
    pub fn deliver(&mut self, record: u64) {
        if let Some(known) = self.records.get_mut(&record) {
            known.delivered = true;
        }
    }

    /// Ends what was delivered, and lets go of the file.
    pub fn release(&mut self) -> io::Result<()> {
        let delivered = self.records.iter().filter(|(_, known)| known.delivered);
        let delivered: Vec<u64> = delivered.map(|(record, _)| *record).collect();
        let mut result = Ok(());
        for record in delivered {
            result = self.end(record).and(result);
        }
        self.cut();
        self.locked_file = None;
        result
    }

    /// Ends a record, whose slots may then be used again.
    pub fn end(&mut self, record: u64) -> io::Result<()> {
        let Some(known) = self.records.remove(&record) else { return Ok(()) };
        self.write(place(known.slot) + slot::STATE_AT as u64, &[SlotState::Done as u8])?;
        self.free.extend(known.more);
        self.free.push(known.slot);
        Ok(())
    }

    /// Cuts off free slots at the end of the file.
    fn cut(&mut self) {
        self.free.sort_unstable();
        let end = self.slots;
        while self.free.last().is_some_and(|last| last + 1 == self.slots) {
            self.free.pop();
            self.slots -= 1;
        }
        if self.slots != end {
            self.shorten(self.slots);
        }
    }
}

/// A text in further slots of a record. Those that the text does not reach are kept for it.
fn chain(text: &[u8], slots: &[u32], serial: u64, head: u32) -> Vec<[u8; SLOT]> {
    let parts = text.chunks(MORE_ROOM).chain(std::iter::repeat(&[][..]));
    let nexts = slots.iter().skip(1).copied().chain([0]);
    let more = parts.zip(nexts).take(slots.len());
    more.map(|(part, next)| slot::write_more(&More { serial, head, next, text: part.to_vec() })).collect()
}

fn name(task_id: &str, host: &str) -> Name {
    Name {
        length: u32::try_from(task_id.len()).unwrap_or(u32::MAX),
        next: 0,
        task_id: task_id.as_bytes().to_vec(),
        host: slot::digest(host.bytes()),
        host_text: host.to_owned(),
    }
}

/// Which of the hosts a task was bought at; the first when that was not written down.
pub fn position(name: &Name, hosts: &[String]) -> Option<usize> {
    if name.host == slot::digest([]) {
        return Some(0);
    }
    hosts.iter().position(|host| slot::digest(host.bytes()) == name.host)
}

/// Polls as they are written down: more than the service allows are as many as that.
fn short(polls: u32) -> u8 {
    u8::try_from(polls).unwrap_or(u8::MAX)
}
