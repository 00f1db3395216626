//! Ends the process, saying for which input, when one takes far too long.

use std::{
    process,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

/// Far longer than any input takes on a busy machine, and far shorter than for ever.
const PATIENCE: Duration = Duration::from_secs(60);

static INPUT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// The latest input of all, shortened.
pub(super) fn last_input() -> String {
    let input = INPUT.lock().unwrap_or_else(|it| it.into_inner());
    format!("{} bytes: {}", input.len(), String::from_utf8_lossy(&input[..input.len().min(2_000)]))
}

/// Watches until it is dropped.
pub(super) struct Watchdog {
    count: &'static AtomicUsize,
    _ended: mpsc::Sender<()>,
}

impl Watchdog {
    pub(super) fn start(name: &'static str) -> Watchdog {
        let count: &'static AtomicUsize = Box::leak(Box::default());
        let (sender, ended) = mpsc::channel();
        thread::spawn(move || {
            let mut before = count.load(Ordering::Relaxed);
            // Disconnected when the watchdog is dropped.
            while ended.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                let now = count.load(Ordering::Relaxed);
                if now == before {
                    eprintln!("{name} hangs at {}", last_input());
                    process::abort();
                }
                before = now;
            }
        });
        Watchdog { count, _ended: sender }
    }

    pub(super) fn begins(&self, input: &[u8]) {
        *INPUT.lock().unwrap_or_else(|it| it.into_inner()) = input.to_vec();
        self.count.fetch_add(1, Ordering::Relaxed);
    }
}
