//! Help texts, in the shape that Terraform's have: usage, what the command is for, its options with one dash.

use super::flags::is_switch;
use crate::product::COMMAND;
use crate::published::DEFAULT_PROCESSES;
use crate::ui::Style;
use clap::{Arg, Command};

/// The commands of the primary workflow, which are declared first.
const MAIN: usize = 5;
/// Columns of a text, and of what stands before the description of an option at most.
const WIDTH: usize = 78;
const MARGIN: usize = 26;

/// How the program itself is called.
pub(super) fn usage_of_program() -> String {
    format!("{COMMAND} [global options] <subcommand> [args]")
}

/// The help of the program: its commands and global options.
pub(super) fn program(program: &Command) -> String {
    let commands: Vec<&Command> = program.get_subcommands().collect();
    let (main, others) = commands.split_at(MAIN);
    let mut others = others.to_vec();
    others.sort_by_key(|it| it.get_name());
    let width = commands.iter().map(|it| it.get_name().len()).max().unwrap_or(0);
    let list = |commands: &[&Command]| -> String {
        commands.iter().map(|it| format!("  {:width$}  {}\n", it.get_name(), about(it))).collect()
    };
    let mut text = format!("Usage: {}\n\n", usage_of_program());
    text += &format!("{}\n", paragraphs(&sentence(&about(program)), ""));
    text += &format!("Main commands:\n{}\nAll other commands:\n{}\n", list(main), list(&others));
    text += "Global options (before the subcommand):\n";
    text + &table(global().into_iter(), "")
}

/// The options of the program itself, and what they do.
pub(super) fn global() -> Vec<(String, String)> {
    let rows = [
        ("-chdir=DIR", "Work in this directory, as if the command had been started there.".to_owned()),
        ("-help", "Print this text, or the help of a subcommand.".to_owned()),
        ("-version", format!("Print what \"{COMMAND} version\" prints.")),
    ];
    rows.map(|(left, right)| (left.to_owned(), right)).to_vec()
}

/// The help of a command: `path` leads to it from the program.
pub(super) fn command(path: &[&Command]) -> String {
    let command = path[path.len() - 1];
    let mut text = format!("Usage: {}\n\n", usage(path));
    text += &paragraphs(&purpose(command), "  ");
    if !command.has_subcommands() || !command.is_subcommand_required_set() {
        text += &options(command);
    }
    let subcommands: Vec<&Command> = command.get_subcommands().collect();
    if !subcommands.is_empty() {
        let rows = subcommands.iter().map(|it| (it.get_name().to_owned(), about(it)));
        text += &format!("\nSubcommands:\n{}", table(rows, "  "));
    }
    text
}

/// The options of a command, those with a heading of their own first.
fn options(command: &Command) -> String {
    let sections =
        grouped(command).into_iter().map(|(heading, rows)| format!("\n{heading}:\n\n{}", table(rows.into_iter(), "")));
    sections.collect()
}

/// Whether the help of a command tells of `-native`: those that install, plan or change something.
fn takes_native(command: &Command) -> bool {
    let has = |name| command.get_arguments().any(|it| it.get_long() == Some(name));
    has("var") && has("lock") || has("test-directory")
}

/// The options of a command by heading, each as it is written and what it does.
pub(super) fn grouped(command: &Command) -> Vec<(&str, Vec<(String, String)>)> {
    let mut groups: Vec<(&str, Vec<(String, String)>)> = Vec::new();
    let mut others = vec![("-no-color".to_owned(), "Print without colors.".to_owned())];
    if command.get_arguments().any(|it| it.get_long() == Some("var") && !it.is_hide_set()) {
        let description = "Show warnings by their summaries only, unless there are errors.";
        others.push(("-compact-warnings".to_owned(), description.to_owned()));
        let description = "Show in plans what machines run when they start (user_data), also where the plan does not go to a terminal.";
        others.push(("-show-user-data".to_owned(), description.to_owned()));
    }
    if takes_native(command) {
        let description = "Serve everything by published providers, also what is built in: -native=false. rforge.hcl can say \
                           so of one provider, or of some of its types.";
        others.push(("-native=true".to_owned(), description.to_owned()));
        let description =
            format!("How many processes of published providers may run at once: {DEFAULT_PROCESSES} unless given.");
        others.push(("-plugin-processes=N".to_owned(), description));
    }
    for option in command.get_arguments().filter(|it| !it.is_hide_set() && it.get_long().is_some()) {
        let row = (written(option), described(option));
        match option.get_help_heading() {
            None => others.push(row),
            Some(heading) => match groups.iter_mut().find(|(name, _)| *name == heading) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((heading, vec![row])),
            },
        }
    }
    groups.push((if groups.is_empty() { "Options" } else { "Other options" }, others));
    groups.iter_mut().for_each(|(_, rows)| rows.sort());
    groups
}

/// What a command is for, in paragraphs.
pub(super) fn purpose(command: &Command) -> String {
    let short = about(command);
    // These texts hold nothing but what is declared, so that the name in them is always that of the program.
    let more = command.get_long_about().map(ToString::to_string).unwrap_or_default();
    let more = more.replace("rforge ", &format!("{COMMAND} "));
    sentence(&short) + more.strip_prefix(&short).unwrap_or_default()
}

pub(super) fn usage(path: &[&Command]) -> String {
    let command = path[path.len() - 1];
    let names: Vec<&str> = path.iter().map(|it| it.get_name()).collect();
    let mut text = format!("{} [global options] {}", names[0], names[1..].join(" "));
    if command.has_subcommands() && command.is_subcommand_required_set() {
        return text + " <subcommand> [options] [args]";
    }
    text += " [options]";
    for argument in command.get_positionals().filter(|it| !it.is_hide_set()) {
        let name = argument.get_value_names().and_then(|it| it.first()).map_or("", |it| it.as_str());
        let name = if argument.get_num_args().is_some_and(|it| it.max_values() > 1) {
            format!("{name}...")
        } else {
            name.to_owned()
        };
        text += &if argument.is_required_set() { format!(" {name}") } else { format!(" [{name}]") };
    }
    text
}

pub(super) fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// Clap takes the full stop from the end of a comment.
pub(super) fn sentence(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// An option as one would write it to have another effect than without it.
fn written(option: &Arg) -> String {
    let name = option.get_long().unwrap_or_default();
    if is_switch(option) {
        let on = option.get_default_values().iter().any(|it| it == "true");
        return if on { format!("-{name}=false") } else { format!("-{name}") };
    }
    let value = option.get_value_names().and_then(|it| it.first()).map_or("VALUE", |it| it.as_str());
    if value.contains('=') { format!("-{name} '{value}'") } else { format!("-{name}={value}") }
}

fn described(option: &Arg) -> String {
    sentence(&option.get_help().map(ToString::to_string).unwrap_or_default())
}

/// Two columns, the second one wrapped.
fn table(rows: impl Iterator<Item = (String, String)>, indent: &str) -> String {
    let rows: Vec<(String, String)> = rows.collect();
    let left = rows.iter().map(|it| it.0.len()).max().unwrap_or(0).min(MARGIN);
    let style = Style { color: false, width: WIDTH - indent.len() - left - 4, framed: false, user_data: false };
    let mut text = String::new();
    for (name, description) in rows {
        let mut first = format!("{indent}  {name:left$}");
        for line in style.wrap(&description) {
            text += format!("{first}  {line}").trim_end();
            text.push('\n');
            first = format!("{indent}  {:left$}", "");
        }
    }
    text
}

/// Paragraphs, wrapped, with an empty line between them.
fn paragraphs(text: &str, indent: &str) -> String {
    let style = Style { color: false, width: WIDTH - indent.len(), framed: false, user_data: false };
    let lines = style.wrap(text);
    lines.iter().map(|it| format!("{}\n", format!("{indent}{it}").trim_end())).collect()
}
