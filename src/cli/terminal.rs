//! Where a command writes to and asks from.

use super::{FAILURE, SUCCESS, args::Refusal};
use crate::{
    diagnostic::{Diagnostic, Sources},
    product,
    ui::{self, Style},
    value::{indented_json_text, json_text},
};
use rustix::termios;
use std::{
    cell::Cell,
    io::{self, BufRead, IsTerminal, Write},
    sync::{Mutex, PoisonError},
};

/// Standard input and output of the process, and how to write there.
pub(super) struct Terminal {
    pub style: Style,
    /// Someone is there to answer.
    pub interactive: bool,
    /// `TF_IN_AUTOMATION`: nobody types the commands that could come next.
    pub in_automation: bool,
    /// `-compact-warnings`
    compact_warnings: bool,
    /// Everything is for machines: `-json` of commands that say more than one thing.
    pub stream: Cell<bool>,
}

/// To standard error.
pub(super) fn error(text: &str) {
    let mut out = io::stderr().lock();
    drop(out.write_all(ui::visible(text).as_bytes()).and_then(|()| out.flush()));
}

/// How the terminal was before it was told not to show what is typed.
static SHOWN: Mutex<Option<termios::Termios>> = Mutex::new(None);

/// Shows what is typed again, if it is not shown.
pub(super) fn show_input() {
    if let Some(shown) = SHOWN.lock().unwrap_or_else(PoisonError::into_inner).take() {
        termios::tcsetattr(io::stdin(), termios::OptionalActions::Now, &shown).unwrap_or(());
    }
}

/// Terraform's width where the terminal does not tell.
const WIDTH: usize = 78;

/// A line for machines.
pub(super) fn print_json(json: &serde_json::Value) {
    let mut out = io::stdout().lock();
    drop(writeln!(out, "{}", json_text(json)).and_then(|()| out.flush()));
}

impl Terminal {
    pub(super) fn new(no_color: bool, compact_warnings: bool, show_user_data: bool) -> Self {
        let out = io::stdout();
        let color = !no_color && std::env::var_os("NO_COLOR").is_none() && out.is_terminal();
        // A terminal without a size says 0.
        let columns = termios::tcgetwinsize(&out).ok().map(|it| usize::from(it.ws_col)).filter(|it| *it > 0);
        let width = columns.map_or(WIDTH, |it| it.max(40));
        let in_automation = std::env::var_os("TF_IN_AUTOMATION").is_some_and(|it| !it.is_empty());
        let interactive = io::stdin().is_terminal();
        let stream = Cell::new(false);
        let framed = color || product::is_terraform() && !no_color;
        let style = Style { color, width, framed, user_data: show_user_data || out.is_terminal() };
        Self { style, interactive, in_automation, compact_warnings, stream }
    }

    /// To standard output, with nothing in it that a terminal would obey.
    pub(super) fn print(&self, text: &str) {
        self.raw(&ui::visible(text));
    }

    /// As it is, for who wants every byte. That nobody reads it any more is no failure of the command.
    pub(super) fn raw(&self, text: &str) {
        let mut out = io::stdout().lock();
        drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
    }

    pub(super) fn json(&self, json: &serde_json::Value) {
        print_json(json);
    }

    pub(super) fn indented_json(&self, json: &serde_json::Value) {
        self.print(&(indented_json_text(json) + "\n"));
    }

    /// Errors go to standard error, warnings to standard output, as Terraform has them.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if self.stream.get() {
            return diagnostics.iter().for_each(|it| print_json(&ui::stream::diagnostic(it, sources)));
        }
        let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().cloned().partition(Diagnostic::is_error);
        if !warnings.is_empty() {
            let compact = self.compact_warnings && errors.is_empty();
            let render = if compact { ui::diagnostics::render_compact } else { ui::diagnostics::render };
            self.print(&render(&warnings, sources, self.style));
        }
        if !errors.is_empty() {
            error(&ui::diagnostics::render(&errors, sources, self.style));
        }
    }

    /// Warnings to standard error, beside output that is meant for programs.
    pub(super) fn note(&self, warnings: &[Diagnostic]) {
        if !warnings.is_empty() {
            error(&ui::diagnostics::render(warnings, &Sources::default(), self.style));
        }
    }

    /// Help or what is wrong with the command line; the exit code.
    pub(super) fn refuse(&self, refusal: Refusal) -> u8 {
        match refusal {
            Refusal::Help(text) => {
                self.print(&text);
                SUCCESS
            }
            Refusal::Usage { text, code } => {
                self.print(&text);
                code
            }
            Refusal::UnknownCommand(text) => {
                error(&text);
                FAILURE
            }
            Refusal::Mistake(diagnostic, command) => {
                self.diagnostics(&[*diagnostic], &Sources::default());
                if let Some(command) = command {
                    error(&format!("\nFor more help on using this command, run:\n  {command} -help\n"));
                }
                FAILURE
            }
        }
    }

    /// Whether there is a screen that may be drawn on, with somebody in front of it: what runs in CI, and who calls for Terraform, reads lines.
    pub(super) fn is_screen(&self) -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        let is_read = self.in_automation || product::is_terraform() || is_set("CI");
        !is_read && io::stdout().is_terminal() && io::stderr().is_terminal()
    }

    /// One line of input; none at its end.
    pub(super) fn read_line(&self) -> Option<String> {
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end_matches(['\n', '\r']).to_owned())
    }

    /// The same, without showing what is typed.
    pub(super) fn read_secret(&self) -> Option<String> {
        if let Ok(shown) = termios::tcgetattr(io::stdin()) {
            let mut hidden = shown.clone();
            hidden.local_modes.remove(termios::LocalModes::ECHO);
            *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
            termios::tcsetattr(io::stdin(), termios::OptionalActions::Now, &hidden).unwrap_or(());
        }
        let line = self.read_line();
        show_input();
        line
    }

    /// Asks for approval; only `yes` gives it. None if there is nobody to ask.
    pub(super) fn approve(&self, question: &str) -> Option<bool> {
        self.print(&format!("\n{question}\n\n  {} ", self.style.bold("Enter a value:")));
        let answer = self.read_line();
        self.print("\n");
        answer.map(|it| it == "yes")
    }
}
