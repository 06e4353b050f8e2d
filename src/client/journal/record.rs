//! What is written of a task, and what is left of it for the next client.

/// What is written before a task is bought.
pub struct Intent<'a> {
    /// JSON text to hand back.
    pub extra: Option<&'a str>,
    /// The task, when it is adopted and not bought.
    pub task_id: Option<&'a str>,
    /// Where it was bought, when it is adopted.
    pub host: &'a str,
    /// Polls it has had.
    pub polls: u32,
    /// With a key of the request's own.
    pub own_key: bool,
}

/// How far a task had got that an earlier client left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Its createTask was never begun: nothing was bought.
    Queued,
    /// Its createTask was begun, and no answer was written down: a task may have been bought.
    Sent,
    /// The task is known, as JSON.
    Bought(String),
}

/// A task that an earlier client left behind.
pub struct Adoptable {
    /// Its record in this journal.
    pub record: u64,
    /// How far it had got.
    pub left: Left,
    /// The host it was bought at, among those of this client.
    pub host: usize,
    /// Polls it has had.
    pub polls: u32,
    /// Bought with a key that only its request knew.
    pub own_key: bool,
    /// JSON text to hand back.
    pub extra: Option<String>,
}
