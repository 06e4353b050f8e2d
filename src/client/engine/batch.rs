//! What the command needs of the engine: to end a batch in good order and go on later, and to check the callback address.

use super::Engine;
use super::delivery::Receipt;
use super::left_behind::LeftBehind;
use super::machine::Machine;
use super::ticket::State;
use std::time::Instant;

impl Machine {
    /// The tickets in flight whose tasks are bought, each with its taskId as JSON text.
    fn paid(&self) -> Vec<(i64, String)> {
        let in_flight = self.tickets.iter().filter(|(_, ticket)| ticket.state != State::Orphaned);
        in_flight.filter_map(|(number, ticket)| Some((*number, ticket.task_id.as_ref()?.to_string()))).collect()
    }
}

impl Receipt {
    /// The host could not keep the answer: the next client delivers it again.
    pub fn keep(self) {
        if let Some(shared) = self.shared.upgrade()
            && let Some(journal) = &shared.journal
        {
            journal.orphan(self.record);
        }
    }
}

impl Engine {
    /// The URL below which callbacks come; `None` without a receiver.
    pub fn callback_url(&self) -> Option<String> {
        self.shared.callback.get().map(|receiver| receiver.public_url().to_owned())
    }

    /// What an earlier client left in the journal and this one has taken up.
    pub fn left_behind(&self) -> &[LeftBehind] {
        &self.left_behind
    }

    /// Lets no createTask leave any more. Those that wait for a connection end with CAPTASK_GUARD.
    pub fn hold_purchases(&self) {
        self.with(|limits, _| limits.hold(Instant::now()));
    }

    /// How many createTasks are on connections.
    pub fn creating(&self) -> usize {
        self.shared.lock().machine.creating
    }

    /// The tickets in flight whose tasks are bought, each with its taskId as JSON text, the oldest first.
    pub fn paid(&self) -> Vec<(i64, String)> {
        let mut paid = self.shared.lock().machine.paid();
        paid.sort_unstable();
        paid
    }
}
