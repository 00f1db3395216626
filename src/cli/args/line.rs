//! The words of a command line before any option is read: what `-chdir`, `TF_CLI_ARGS` and `-help` do, and which command
//! is meant.

use super::{
    Refusal,
    flags::{boolean, mistake},
    help,
};
use crate::diagnostic::{Diagnostic, nearest};
use crate::product::{COMMAND, PRODUCT};
use clap::Command;
use std::path::PathBuf;

/// A command, and the words for it.
pub(super) struct Line<'c> {
    pub chdir: Option<PathBuf>,
    /// From the program down: `rforge`, `state`, `list`.
    pub path: Vec<&'c Command>,
    pub words: Vec<String>,
    pub no_color: bool,
    pub compact_warnings: bool,
    pub show_user_data: bool,
    /// `-native=false` is no: nothing is served by the providers that are built in.
    pub native: bool,
    /// How many processes of providers may run at once, if it is said.
    pub plugin_processes: Option<usize>,
}

/// Reads the arguments behind the name of the program. `environment` gives `TF_CLI_ARGS` and its likes.
pub(super) fn read<'c>(
    program: &'c Command,
    mut words: Vec<String>,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Line<'c>, Refusal> {
    let chdir = take_chdir(&mut words)?;
    add_environment(program, &mut words, environment)?;
    let end = words.iter().position(|it| it == "--").unwrap_or(words.len());
    let (options, _) = words.split_at(end);
    let help = options.iter().any(|it| ["-h", "-help", "--help"].contains(&it.as_str()));
    if options.iter().any(|it| is_version(it)) {
        // Wherever it stands, and whatever the command would have been.
        words.retain(|it| !is_version(it));
        words.insert(0, "version".to_owned());
    }
    let Some(at) = words.iter().position(|it| is_command(it)) else {
        let text = help::program(program);
        return Err(if help { Refusal::Help(text) } else { Refusal::Usage { text, code: NO_COMMAND } });
    };
    let path = find(program, &words[at..])?;
    let command = path[path.len() - 1];
    if help {
        return Err(Refusal::Help(help::command(&path)));
    }
    if let Some(option) = words[..at].first() {
        let detail = format!("{option} stands before {:?}, where only the global options may stand.", words[at]);
        let error = Diagnostic::error("Invalid flags before the subcommand", detail)
            .hint("If these flags are for the subcommand, please put them after the subcommand.");
        return Err(Refusal::mistake(error, &path));
    }
    let mut rest = words.split_off(at + path.len() - 1);
    if command.get_name() == "help" {
        return Err(asked(program, &rest));
    }
    if command.has_subcommands() && !takes_no_subcommand(command) {
        return Err(Refusal::Usage {
            text: misspelt(&path, rest.first()) + &help::command(&path),
            code: super::FAILURE,
        });
    }
    let mut take = |option: &str| {
        let length = rest.len();
        rest.retain(|it| it != option);
        rest.len() < length
    };
    let (no_color, compact_warnings) = (take("-no-color"), take("-compact-warnings"));
    let no_color = take("--no-color") || no_color;
    let show_user_data = take("-show-user-data") | take("--show-user-data");
    let native = take_native(&mut rest).map_err(|error| Refusal::mistake(error, &path))?;
    let plugin_processes = take_processes(&mut rest).map_err(|error| Refusal::mistake(error, &path))?;
    Ok(Line { chdir, path, words: rest, no_color, compact_warnings, show_user_data, native, plugin_processes })
}

/// What `-native` is, which every command takes; the last of several counts.
fn take_native(words: &mut Vec<String>) -> Result<bool, Diagnostic> {
    let mut found = Ok(true);
    words.retain(|word| {
        let body = word.strip_prefix("--").or_else(|| word.strip_prefix('-'));
        match body.and_then(|it| it.strip_prefix("native")) {
            Some("") => found = Ok(true),
            Some(rest) if rest.starts_with('=') => {
                let wrong = || mistake(format!("invalid boolean value {:?} for -native: parse error", &rest[1..]));
                found = boolean(&rest[1..]).ok_or_else(wrong);
            }
            _ => return true,
        }
        false
    });
    found
}

/// What `-plugin-processes` is, which every command takes; the last of several counts.
fn take_processes(words: &mut Vec<String>) -> Result<Option<usize>, Diagnostic> {
    let mut found = Ok(None);
    words.retain(|word| {
        let body = word.strip_prefix("--").or_else(|| word.strip_prefix('-'));
        let Some(number) = body.and_then(|it| it.strip_prefix("plugin-processes=")) else { return true };
        let wrong = || mistake(format!("invalid value {number:?} for -plugin-processes: a number from 1 on is needed"));
        found = number.parse().ok().filter(|it| *it > 0).map(Some).ok_or_else(wrong);
        false
    });
    found
}

/// What `help` prints of the command that `words` name.
fn asked(program: &Command, words: &[String]) -> Refusal {
    let words: Vec<String> = words.iter().filter(|it| is_command(it)).cloned().collect();
    if words.is_empty() {
        return Refusal::Help(help::program(program));
    }
    let path = match find(program, &words) {
        Ok(path) => path,
        Err(refusal) => return refusal,
    };
    let command = path[path.len() - 1];
    match words.get(path.len() - 1) {
        Some(word) if command.has_subcommands() => {
            Refusal::Usage { text: misspelt(&path, Some(word)) + &help::command(&path), code: super::FAILURE }
        }
        _ => Refusal::Help(help::command(&path)),
    }
}

/// The exit code of a shell for a command that does not exist.
const NO_COMMAND: u8 = 127;

fn is_version(word: &str) -> bool {
    ["-v", "-version", "--version"].contains(&word)
}

fn is_command(word: &str) -> bool {
    !word.is_empty() && !word.starts_with('-')
}

/// `-chdir=DIR` before the command.
fn take_chdir(words: &mut Vec<String>) -> Result<Option<PathBuf>, Refusal> {
    let at = words
        .iter()
        .take_while(|it| it.starts_with('-'))
        .position(|it| *it == "-chdir" || it.starts_with("-chdir=") || it.starts_with("--chdir"));
    let Some(at) = at else { return Ok(None) };
    let word = words.remove(at);
    match word.split_once('=').map(|(_, folder)| folder).filter(|it| !it.is_empty()) {
        Some(folder) => Ok(Some(folder.into())),
        None => {
            let detail = "It must include an equals sign followed by a directory path, like -chdir=example.";
            Err(Refusal::mistake(Diagnostic::error("Invalid -chdir option", detail), &[]))
        }
    }
}

/// The command that the words begin with, from the program down.
fn find<'c>(program: &'c Command, words: &[String]) -> Result<Vec<&'c Command>, Refusal> {
    let name = &words[0];
    let Some(command) = program.find_subcommand(name) else {
        let names = program.get_subcommands().map(Command::get_name);
        let meant = nearest(name, names).map_or_else(String::new, |it| format!(" Did you mean {it:?}?"));
        return Err(Refusal::UnknownCommand(format!(
            "{PRODUCT} has no command named {name:?}.{meant}\n\nTo see all of {PRODUCT}'s top-level commands, run:\n  {COMMAND} \
             -help\n\n"
        )));
    };
    let below = words.get(1).and_then(|it| command.find_subcommand(it));
    Ok([program, command].into_iter().chain(below).collect())
}

/// `providers` does something without a subcommand too.
fn takes_no_subcommand(command: &Command) -> bool {
    !command.is_subcommand_required_set()
}

/// What to say of a word that is no subcommand; nothing where there is none.
fn misspelt(path: &[&Command], word: Option<&String>) -> String {
    let Some(word) = word.filter(|it| is_command(it)) else { return String::new() };
    let command = path[path.len() - 1];
    let meant = nearest(word, command.get_subcommands().map(Command::get_name));
    let meant = meant.map_or_else(String::new, |it| format!(" Did you mean {it:?}?"));
    format!("{PRODUCT} {} has no subcommand named {word:?}.{meant}\n\n", command.get_name())
}

/// Adds the words of `TF_CLI_ARGS_<command>` and those of `TF_CLI_ARGS` right behind the command, so that the command line
/// wins. Words of a command are joined: `TF_CLI_ARGS_state_list`, `TF_CLI_ARGS_force_unlock`.
fn add_environment(
    program: &Command,
    words: &mut Vec<String>,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<(), Refusal> {
    let at = words.iter().position(|it| is_command(it));
    let (names, behind) = match at {
        None => (Vec::new(), 0),
        Some(at) => {
            let path = find(program, &words[at..]).unwrap_or_default();
            let names: Vec<&str> = path.iter().skip(1).map(|it| it.get_name()).collect();
            let behind = at + names.len().max(1);
            (names, behind)
        }
    };
    let specific = format!("TF_CLI_ARGS_{}", names.join("_").replace('-', "_"));
    let mut more = Vec::new();
    for name in [specific.as_str(), "TF_CLI_ARGS"] {
        let Some(text) = environment(name).filter(|_| !(names.is_empty() && name == specific)) else { continue };
        let Some(split) = split(&text) else {
            let summary = format!("Error parsing extra CLI args from {name}");
            let error = Diagnostic::error(summary, "A quotation mark that opens in it does not close.");
            return Err(Refusal::mistake(error, &[]));
        };
        more.extend(split);
    }
    words.splice(behind..behind, more);
    Ok(())
}

/// Splits at blanks outside of quotes, as a shell does; nothing where a quote does not end.
pub(super) fn split(text: &str) -> Option<Vec<String>> {
    let (mut words, last) = divide(text);
    words.extend(last.as_ref().map(|it| it.text.clone()));
    last.is_none_or(|it| it.quote.is_none()).then_some(words)
}

/// The word at the end of a line that is not finished, and the quote that is open there.
#[derive(Debug, Default)]
pub(super) struct Quoted {
    pub text: String,
    pub quote: Option<char>,
}

/// The words of a line that is not finished, and the one at its end, which may be empty.
pub(super) fn typed(line: &str) -> (Vec<String>, Quoted) {
    let (words, last) = divide(line);
    (words, last.unwrap_or_default())
}

fn divide(text: &str) -> (Vec<String>, Option<Quoted>) {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = text.chars();
    while let Some(it) = rest.next() {
        match (quote, it) {
            (Some('"') | None, '\\') => word.get_or_insert_default().extend(rest.next()),
            (Some(open), it) if it == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(it);
                word.get_or_insert_default();
            }
            (None, it) if it.is_whitespace() => words.extend(word.take()),
            (_, it) => word.get_or_insert_default().push(it),
        }
    }
    (words, word.map(|text| Quoted { text, quote }))
}
