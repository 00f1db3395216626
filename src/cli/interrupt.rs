//! Ctrl-C and SIGTERM. A run that changes things listens for them, and ends in good order. Everything else changes nothing that
//! it could not go on with later: it ends at once, whatever it waits for.

use super::{FAILURE, terminal};
use crate::{
    diagnostic::{Diagnostic, Sources},
    providers,
    state::lock,
    ui::{self, Style},
};
use std::sync::{Mutex, PoisonError};
use tokio::{
    select,
    signal::unix::{SignalKind, signal},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

/// Who listens.
static LISTENER: Mutex<Option<UnboundedSender<()>>> = Mutex::new(None);

fn listener() -> std::sync::MutexGuard<'static, Option<UnboundedSender<()>>> {
    LISTENER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Watches for signals for as long as the process lives.
pub(super) fn watch(style: Style) {
    // Where the system has no thread left, signals do what they do to any process.
    let watcher = std::thread::Builder::new().name("signals".into());
    drop(watcher.spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        if let Ok(runtime) = runtime {
            runtime.block_on(forward(style));
        }
    }));
}

async fn forward(style: Style) {
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    let (Ok(mut interrupted), Ok(mut terminated)) = signals else { return };
    loop {
        select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
        let is_heard = listener().as_ref().is_some_and(|it| it.send(()).is_ok());
        if !is_heard {
            end(style);
        }
    }
}

/// Terraform's words, which it says after having waited for what it was doing.
fn end(style: Style) -> ! {
    terminal::show_input();
    lock::abandon();
    providers::abandon();
    let error = Diagnostic::error("operation canceled", "");
    terminal::error(&ui::diagnostics::render(&[error], &Sources::default(), style));
    std::process::exit(i32::from(FAILURE))
}

/// Hears interrupts until it is dropped.
pub(super) struct Interrupts(pub UnboundedReceiver<()>);

impl Interrupts {
    pub(super) fn listen() -> Self {
        let (sender, receiver) = unbounded_channel();
        *listener() = Some(sender);
        Self(receiver)
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        *listener() = None;
    }
}
