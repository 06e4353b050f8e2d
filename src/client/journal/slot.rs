//! What a slot of the journal looks like.
//!
//! A record has a head slot and, when its `extra` or its taskId is long, further ones. The last byte of a slot is its state,
//! so that whoever writes a slot from front to back writes the state last:
//!
//! ```text
//! head     0 serial  8 owner  16 next  20 length of extra  24 flags  32 extra  132 sum
//!          140 length of taskId  144 next  148 host's digest  156 length of host  158 taskId, host  244 sum  252 polls  255 state
//! further  0 serial  8 head   12 next  16 text  247 sum  255 state
//! ```
//!
//! Numbers are little-endian; `next` is the number of a further slot, 0 when there is none.

/// Bytes of a slot.
pub const SLOT: usize = 256;

/// Bytes of `extra` in a head.
pub const EXTRA_ROOM: usize = 100;

/// Bytes of taskId and host together in a head.
pub const NAME_ROOM: usize = 86;

/// Bytes of text in a further slot.
pub const MORE_ROOM: usize = 231;

/// Where in a head the taskId's part begins; polls and state follow it.
pub const BOUGHT_AT: usize = 140;

/// Where in a head the polls are.
pub const POLLS_AT: usize = 252;

/// Where in a slot the state is.
pub const STATE_AT: usize = 255;

const OWN_KEY: u8 = 1;
const HAS_EXTRA: u8 = 2;

/// What a slot is. Any two differ in four bits, so that one flipped bit is put right and two are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum SlotState {
    /// createTask was not begun.
    Queued = 0x33,
    /// createTask was begun.
    Sent = 0x55,
    /// The taskId is known.
    Bought = 0x66,
    /// Over: the slot is free.
    Done = 0x3c,
    /// Belongs to a head elsewhere.
    More = 0x5a,
}

impl SlotState {
    fn read(byte: u8) -> Option<SlotState> {
        [SlotState::Queued, SlotState::Sent, SlotState::Bought, SlotState::Done, SlotState::More]
            .into_iter()
            .find(|state| (*state as u8 ^ byte).count_ones() <= 1)
    }
}

/// A slot as it was read.
pub enum Slot {
    /// Free: never used, or its record is over.
    Free,
    /// The beginning of a record.
    Head(Head),
    /// More of a record.
    More(More),
    /// Not what was written; the taskId, when that can be read all the same.
    Damaged(Option<String>),
}

/// The beginning of a record.
pub struct Head {
    /// Tells it from the records that had its slots before.
    pub serial: u64,
    /// Whose it is.
    pub owner: u64,
    /// Where `extra` goes on.
    pub next: u32,
    /// Bytes of `extra`; `None` when there is none.
    pub extra_length: Option<u32>,
    /// Bought with a key of the request's own, which is not written down.
    pub own_key: bool,
    /// The beginning of `extra`.
    pub extra: Vec<u8>,
    /// `Queued`, `Sent` or `Bought`.
    pub state: SlotState,
    /// Polls it has had.
    pub polls: u8,
    /// The task, when it is bought.
    pub name: Name,
}

/// The task of a record.
#[derive(Default)]
pub struct Name {
    /// Bytes of the taskId.
    pub length: u32,
    /// Where it is, when it is not in the head.
    pub next: u32,
    /// The taskId, when it is in the head.
    pub task_id: Vec<u8>,
    /// The digest of the host.
    pub host: u64,
    /// The host, when there was room for it.
    pub host_text: String,
}

/// A further slot.
pub struct More {
    /// Of the record it belongs to.
    pub serial: u64,
    /// Where that record begins.
    pub head: u32,
    /// The slot after it.
    pub next: u32,
    /// Its text, to the end of the slot.
    pub text: Vec<u8>,
}

/// Reads a slot.
pub fn read(slot: &[u8; SLOT]) -> Slot {
    match SlotState::read(slot[STATE_AT]) {
        Some(SlotState::Done) => Slot::Free,
        Some(SlotState::More) if sound(slot, 0, 247) => Slot::More(More {
            serial: number64(slot, 0),
            head: number32(slot, 8),
            next: number32(slot, 12),
            text: slot[16..247].to_vec(),
        }),
        Some(SlotState::More) => Slot::Damaged(None),
        Some(state) => read_head(slot, state),
        None if slot.iter().all(|byte| *byte == 0) => Slot::Free,
        None => Slot::Damaged(None),
    }
}

fn read_head(slot: &[u8; SLOT], state: SlotState) -> Slot {
    let name = if state == SlotState::Bought { read_name(slot) } else { Some(Name::default()) };
    let head = sound(slot, 0, 132);
    let Some(name) = name.filter(|_| head) else {
        let known = read_name(slot).filter(|name| name.next == 0);
        return Slot::Damaged(known.and_then(|name| String::from_utf8(name.task_id).ok()));
    };
    let length = number32(slot, 20);
    let extra = usize::try_from(length).map_or(EXTRA_ROOM, |length| length.min(EXTRA_ROOM));
    Slot::Head(Head {
        serial: number64(slot, 0),
        owner: number64(slot, 8),
        next: number32(slot, 16),
        extra_length: (slot[24] & HAS_EXTRA != 0).then_some(length),
        own_key: slot[24] & OWN_KEY != 0,
        extra: slot[32..32 + extra].to_vec(),
        state,
        polls: middle([slot[POLLS_AT], slot[POLLS_AT + 1], slot[POLLS_AT + 2]]),
        name,
    })
}

fn read_name(slot: &[u8; SLOT]) -> Option<Name> {
    if !sound(slot, BOUGHT_AT, 244) {
        return None;
    }
    let (length, next) = (number32(slot, 140), number32(slot, 144));
    let inside = if next == 0 { usize::try_from(length).ok()? } else { 0 };
    let host = usize::from(u16::from_le_bytes([slot[156], slot[157]]));
    let names = &slot[158..158 + NAME_ROOM];
    Some(Name {
        length,
        next,
        task_id: names.get(..inside)?.to_vec(),
        host: number64(slot, 148),
        host_text: String::from_utf8_lossy(names.get(inside..inside.checked_add(host)?)?).into_owned(),
    })
}

/// Writes a head.
pub fn write_head(head: &Head) -> [u8; SLOT] {
    let mut slot = [0; SLOT];
    put(&mut slot, 0, &head.serial.to_le_bytes());
    put(&mut slot, 8, &head.owner.to_le_bytes());
    put(&mut slot, 16, &head.next.to_le_bytes());
    put(&mut slot, 20, &head.extra_length.unwrap_or(0).to_le_bytes());
    slot[24] = if head.own_key { OWN_KEY } else { 0 } | if head.extra_length.is_some() { HAS_EXTRA } else { 0 };
    put(&mut slot, 32, head.extra.get(..EXTRA_ROOM).unwrap_or(&head.extra));
    seal(&mut slot, 0, 132);
    if head.state == SlotState::Bought {
        put(&mut slot, BOUGHT_AT, &write_name(&head.name, head.polls));
    }
    put(&mut slot, POLLS_AT, &[head.polls; 3]);
    slot[STATE_AT] = head.state as u8;
    slot
}

/// The end of a head that is bought: the task, polls and state, to be written at [`BOUGHT_AT`] in one piece.
pub fn write_name(name: &Name, polls: u8) -> [u8; SLOT - BOUGHT_AT] {
    let mut slot = [0; SLOT];
    put(&mut slot, 140, &name.length.to_le_bytes());
    put(&mut slot, 144, &name.next.to_le_bytes());
    put(&mut slot, 148, &name.host.to_le_bytes());
    let text: &[u8] = if name.next == 0 { &name.task_id } else { &[] };
    let host = name.host_text.as_bytes();
    put(&mut slot, 158, text);
    if text.len() + host.len() <= NAME_ROOM {
        put(&mut slot, 156, &u16::try_from(host.len()).unwrap_or(0).to_le_bytes());
        put(&mut slot, 158 + text.len(), host);
    }
    seal(&mut slot, BOUGHT_AT, 244);
    put(&mut slot, POLLS_AT, &[polls; 3]);
    slot[STATE_AT] = SlotState::Bought as u8;
    let mut end = [0; SLOT - BOUGHT_AT];
    end.copy_from_slice(&slot[BOUGHT_AT..]);
    end
}

/// Writes a further slot.
pub fn write_more(more: &More) -> [u8; SLOT] {
    let mut slot = [0; SLOT];
    put(&mut slot, 0, &more.serial.to_le_bytes());
    put(&mut slot, 8, &more.head.to_le_bytes());
    put(&mut slot, 12, &more.next.to_le_bytes());
    put(&mut slot, 16, more.text.get(..MORE_ROOM).unwrap_or(&more.text));
    seal(&mut slot, 0, 247);
    slot[STATE_AT] = SlotState::More as u8;
    slot
}

/// FNV-1a: any one byte that changes changes it.
pub fn digest(bytes: impl IntoIterator<Item = u8>) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

fn seal(slot: &mut [u8; SLOT], from: usize, to: usize) {
    let sum = digest(slot[from..to].iter().copied());
    put(slot, to, &sum.to_le_bytes());
}

fn sound(slot: &[u8; SLOT], from: usize, to: usize) -> bool {
    digest(slot[from..to].iter().copied()) == number64(slot, to)
}

/// Two of three are right when one is damaged.
fn middle(mut copies: [u8; 3]) -> u8 {
    copies.sort_unstable();
    copies[1]
}

/// Writes bytes at a place, none of them behind the slot.
fn put(slot: &mut [u8; SLOT], at: usize, bytes: &[u8]) {
    for (place, byte) in slot.iter_mut().skip(at).zip(bytes) {
        *place = *byte;
    }
}

fn number64(slot: &[u8; SLOT], at: usize) -> u64 {
    (0..8).fold(0, |number, n| number | u64::from(slot[at + n]) << (8 * n))
}

fn number32(slot: &[u8; SLOT], at: usize) -> u32 {
    (0..4).fold(0, |number, n| number | u32::from(slot[at + n]) << (8 * n))
}
