//! What wakes the reactor while it waits for its sockets.

#[cfg(not(feature = "interleave"))]
pub use mio::Waker;

/// In the place of the system's, for the test of interleavings: a wake-up is kept until somebody waits.
#[cfg(feature = "interleave")]
#[derive(Default)]
pub struct Waker {
    rung: crate::sys::sync::Mutex<bool>,
    bell: crate::sys::sync::Condvar,
}

#[cfg(feature = "interleave")]
impl Waker {
    /// Wakes who waits, or the next to wait.
    pub fn wake(&self) -> std::io::Result<()> {
        *self.rung.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = true;
        self.bell.notify_one();
        Ok(())
    }

    /// Waits to be woken.
    #[cfg(test)]
    pub fn wait(&self) {
        let mut rung = self.rung.lock().expect("no panic under it");
        while !*rung {
            rung = self.bell.wait(rung).expect("no panic under it");
        }
        *rung = false;
    }
}

/// The waker of this queue of sockets.
#[cfg(not(feature = "interleave"))]
pub fn of_queue(registry: &mio::Registry, token: mio::Token) -> std::io::Result<Waker> {
    Waker::new(registry, token)
}

/// The waker of this queue of sockets.
#[cfg(feature = "interleave")]
pub fn of_queue(_: &mio::Registry, _: mio::Token) -> std::io::Result<Waker> {
    Ok(Waker::default())
}
