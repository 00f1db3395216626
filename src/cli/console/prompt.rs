//! The prompt: lines with history and editing, several of them to an expression.

use super::{Answer, Console};
use crate::{
    cli::{FAILURE, SUCCESS, terminal::Terminal},
    expression::syntax::is_incomplete,
};
use rustyline::{
    Cmd, ConditionalEventHandler, DefaultEditor, Event, EventContext, EventHandler, KeyEvent, Movement, RepeatCount,
    error::ReadlineError,
};

/// What came from the keyboard.
#[derive(Debug, PartialEq)]
enum Input {
    Line(String),
    /// Control-C
    Interrupt,
    /// Control-D
    End,
}

/// What is to be done now.
#[derive(Debug, PartialEq)]
enum Turn {
    /// The expression goes on.
    More,
    /// An expression is complete.
    Evaluate(String),
    /// What was typed so far is forgotten.
    Cancelled,
    Leave,
}

pub(super) fn run(console: &Console, terminal: &Terminal) -> u8 {
    let mut editor = match DefaultEditor::new() {
        Ok(editor) => editor,
        Err(error) => {
            terminal.print(&format!("Error initializing console: {error}\n"));
            return FAILURE;
        }
    };
    editor.bind_sequence(KeyEvent::ctrl('C'), EventHandler::Conditional(Box::new(ClearLine)));
    let mut typed = String::new();
    loop {
        let input = match editor.readline(if typed.is_empty() { "> " } else { ": " }) {
            Ok(line) => Input::Line(line),
            Err(ReadlineError::Interrupted) => Input::Interrupt,
            Err(_) => Input::End,
        };
        match take(&mut typed, input) {
            Turn::More => {}
            Turn::Leave => return SUCCESS,
            Turn::Cancelled => terminal.print("(multi-line entry canceled)\n"),
            Turn::Evaluate(text) => {
                // An expression of several lines comes back as a whole. History is lost with the process: it may hold
                // secrets.
                if !text.trim().is_empty() {
                    drop(editor.add_history_entry(text.trim_end()));
                }
                match console.answer(&text) {
                    Ok(Answer::Text(text)) => terminal.print(&format!("{text}\n")),
                    Ok(Answer::Exit) => return SUCCESS,
                    Err(failed) => drop(failed.show(terminal, false)),
                }
            }
        }
    }
}

/// Control-C empties a line that holds something, before it cancels the expression or leaves.
struct ClearLine;

impl ConditionalEventHandler for ClearLine {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let empty = context.line().is_empty();
        Some(if empty { Cmd::Interrupt } else { Cmd::Kill(Movement::WholeBuffer) })
    }
}

/// Takes a line to those typed before it.
fn take(typed: &mut String, input: Input) -> Turn {
    match input {
        Input::Line(line) => {
            typed.push_str(&line);
            typed.push('\n');
            // The last newline is that of the key that ended the line.
            if is_incomplete(&typed[..typed.len() - 1]) {
                return Turn::More;
            }
            Turn::Evaluate(std::mem::take(typed))
        }
        Input::Interrupt if typed.is_empty() => Turn::Leave,
        Input::Interrupt => {
            typed.clear();
            Turn::Cancelled
        }
        Input::End => Turn::Leave,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_expressions() {
        let line = |text: &str| Input::Line(text.into());
        let evaluate = |text: &str| Turn::Evaluate(text.into());
        let cases = [
            (vec![line("1 + 2")], vec![evaluate("1 + 2\n")]),
            (vec![line("["), line("1,"), line("]")], vec![Turn::More, Turn::More, evaluate("[\n1,\n]\n")]),
            (vec![line("["), line("")], vec![Turn::More, evaluate("[\n\n")]),
            (vec![line("<<E"), line("a"), line("E")], vec![Turn::More, Turn::More, evaluate("<<E\na\nE\n")]),
            (vec![line("f("), Input::Interrupt, line("1")], vec![Turn::More, Turn::Cancelled, evaluate("1\n")]),
            (vec![line("["), Input::End], vec![Turn::More, Turn::Leave]),
            (vec![Input::Interrupt], vec![Turn::Leave]),
        ];
        for (inputs, expected) in cases {
            let mut typed = String::new();
            let turns: Vec<Turn> = inputs.into_iter().map(|it| take(&mut typed, it)).collect();
            assert_eq!(turns, expected);
        }
    }
}
