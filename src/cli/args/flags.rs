//! Options as Go's flag package reads them, and with it Terraform: one dash or two, `-name=value` or `-name value`, no value
//! needed for what is either true or false, the last one counts, and the first word without a dash ends them.

use super::Given;
use crate::diagnostic::{Diagnostic, nearest};
use clap::{Arg, ArgAction, Command, builder::ValueRange};
use std::{any::TypeId, path::PathBuf};

/// The words behind a command, read by the options that it declares.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Words {
    /// `--name=value`, as clap takes them.
    pub options: Vec<String>,
    pub positionals: Vec<String>,
    /// `-var` and `-var-file` in the order in which they were given.
    pub given: Vec<Given>,
}

pub(super) fn read(command: &Command, words: Vec<String>) -> Result<Words, Diagnostic> {
    // What was given of each option; an option that may be given once has the last of its values.
    let mut options: Vec<(&Arg, String)> = Vec::new();
    let mut given = Vec::new();
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next_if(|it| it.len() > 1 && it.starts_with('-')) {
        if word == "--" {
            break;
        }
        let body = word[1..].strip_prefix('-').unwrap_or(&word[1..]);
        if body.starts_with(['-', '=']) {
            return Err(mistake(format!("bad flag syntax: {word}")));
        }
        let (name, value) = body.split_once('=').map_or((body, None), |(name, value)| (name, Some(value.to_owned())));
        let Some(option) = command.get_arguments().find(|it| it.get_long() == Some(name)) else {
            return Err(undefined(command, name));
        };
        let value = match value {
            Some(text) if is_switch(option) => {
                let wrong = || mistake(format!("invalid boolean value {text:?} for -{name}: parse error"));
                boolean(&text).ok_or_else(wrong)?.to_string()
            }
            Some(text) => text,
            None if is_switch(option) => "true".to_owned(),
            None => words.next().ok_or_else(|| mistake(format!("flag needs an argument: -{name}")))?,
        };
        match name {
            "var" => given.push(Given::Variable(value.clone())),
            "var-file" => given.push(Given::File(value.clone().into())),
            _ => {}
        }
        if !matches!(option.get_action(), ArgAction::Append) {
            options.retain(|(other, _)| other.get_id() != option.get_id());
        }
        options.push((option, value));
    }
    // As without it: an empty path or text is what Go's flags are before they are given.
    options.retain(|(option, value)| !value.is_empty() || !is_text(option));
    let positionals: Vec<String> = words.collect();
    check_count(command, &positionals)?;
    Ok(Words { options: options.into_iter().filter_map(written).collect(), positionals, given })
}

/// As clap takes it: an option that is false unless given has no value.
fn written((option, value): (&Arg, String)) -> Option<String> {
    let name = option.get_long()?;
    match option.get_action() {
        ArgAction::SetTrue => (value == "true").then(|| format!("--{name}")),
        _ => Some(format!("--{name}={value}")),
    }
}

/// Whether the option is either true or false.
pub(super) fn is_switch(option: &Arg) -> bool {
    matches!(option.get_action(), ArgAction::SetTrue) || option.get_value_parser().type_id() == TypeId::of::<bool>()
}

/// Whether any text will do as its value, once.
fn is_text(option: &Arg) -> bool {
    let of = option.get_value_parser().type_id();
    !matches!(option.get_action(), ArgAction::Append) && (of == TypeId::of::<String>() || of == TypeId::of::<PathBuf>())
}

pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

pub(super) fn mistake(detail: String) -> Diagnostic {
    Diagnostic::error("Failed to parse command-line flags", detail)
}

fn undefined(command: &Command, name: &str) -> Diagnostic {
    let error = mistake(format!("flag provided but not defined: -{name}"));
    let shown = command.get_arguments().filter(|it| !it.is_hide_set());
    match nearest(name, shown.filter_map(Arg::get_long)) {
        Some(meant) => error.hint(format!("Did you mean -{meant}?")),
        None if name == "chdir" => error.hint("The option -chdir=DIR stands before the command."),
        None => error,
    }
}

/// Whether there are as many words as the command takes; none is counted for what it takes without looking at it.
fn check_count(command: &Command, words: &[String]) -> Result<(), Diagnostic> {
    let expected: Vec<&Arg> = command.get_positionals().collect();
    let least = expected.iter().filter(|it| it.is_required_set()).count();
    let endless = expected.iter().any(|it| it.get_num_args().unwrap_or(ValueRange::SINGLE).max_values() > 1);
    let most = if endless { usize::MAX } else { expected.len() };
    if (least..=most).contains(&words.len()) {
        return Ok(());
    }
    let names: Vec<&str> =
        expected.iter().filter_map(|it| it.get_value_names()?.first()).map(|it| it.as_str()).collect();
    let names = names.join(" ");
    // `rforge workspace new`
    let name = command.get_bin_name().and_then(|it| it.split_once(' ')).map_or(command.get_name(), |it| it.1);
    let summary = match (least, most) {
        (_, 0) | (0, 1) => "Too many command line arguments".to_owned(),
        (_, usize::MAX) => format!("The {name} command expects at least one argument: {names}"),
        (1, _) => format!("The {name} command expects exactly one argument: {names}"),
        (2, _) => format!("The {name} command expects two arguments: {names}"),
        _ => format!("The {name} command expects other arguments: {names}"),
    };
    let detail = match (words.len() > most, most) {
        (true, 0) => "Expected no positional arguments.".to_owned(),
        (true, 1) if least == 0 => "Expected at most one positional argument.".to_owned(),
        _ => String::new(),
    };
    let error = Diagnostic::error(summary, detail);
    Err(match words.iter().skip(1).find(|it| it.len() > 1 && it.starts_with('-')) {
        Some(option) => error.hint(format!("Options stand before the arguments: put {option} before {:?}.", words[0])),
        None if most == 0 => error.hint("To work in another directory, use the global option -chdir=DIR."),
        None => error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command() -> Command {
        let switch = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
        let refresh =
            Arg::new("refresh").long("refresh").action(ArgAction::Set).value_parser(clap::value_parser!(bool));
        let option = |name: &'static str, action| Arg::new(name).long(name).action(action);
        Command::new("plan").args([
            switch("json"),
            refresh,
            option("out", ArgAction::Set),
            option("var", ArgAction::Append),
            Arg::new("file").value_name("FILE"),
        ])
    }

    fn check(words: &str, expected: &str) {
        let words = words.split_whitespace().map(str::to_owned).collect();
        let actual = match read(&command(), words) {
            Ok(it) => format!("{} | {}", it.options.join(" "), it.positionals.join(" ")).trim().to_owned(),
            Err(error) => {
                let hint = error.hint.map_or_else(String::new, |it| format!(" {it}"));
                format!("{}: {}{hint}", error.summary, error.detail)
            }
        };
        assert_eq!(actual, expected);
    }

    #[test]
    fn options_are_read_as_go_does() {
        check("", "|");
        check("-json --refresh=f", "--json --refresh=false |");
        check("-json -json=false", "|");
        check("-refresh", "--refresh=true |");
        check("-refresh false", "--refresh=true | false");
        check("-out=a -out b", "--out=b |");
        check("-out -json", "--out=-json |");
        check("-out= x", "| x");
        check("-var a=1 -var=b=2", "--var=a=1 --var=b=2 |");
        check("-json -", "--json | -");
        check("-- -json", "| -json");
        for (words, detail) in [
            ("-jsn", "flag provided but not defined: -jsn Did you mean -json?"),
            ("-x", "flag provided but not defined: -x"),
            ("-chdir=a", "flag provided but not defined: -chdir The option -chdir=DIR stands before the command."),
            ("-out", "flag needs an argument: -out"),
            ("-json=maybe", "invalid boolean value \"maybe\" for -json: parse error"),
            ("---json", "bad flag syntax: ---json"),
            ("-=a", "bad flag syntax: -=a"),
        ] {
            check(words, &format!("Failed to parse command-line flags: {detail}"));
        }
        let many = "Too many command line arguments: Expected at most one positional argument.";
        check("a b", many);
        check("a -json", &format!("{many} Options stand before the arguments: put -json before \"a\"."));
    }
}
