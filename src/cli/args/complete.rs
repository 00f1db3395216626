//! What may stand next on a command line that is not finished, for the shell to offer: commands, their options as
//! Terraform's users write them, and values.

use super::{flags::is_switch, line::Quoted};
use clap::{Arg, Command};

/// A kind of value that only the working directory can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    Workspaces,
    /// What state holds: modules, resources and their instances.
    Addresses,
    Outputs,
}

/// What a shell asks.
pub struct Question<'q> {
    /// What was typed up to the cursor, from the name of the program on.
    pub line: &'q str,
    /// What of the last word the shell is going to replace, where that is less than the whole word.
    pub replaced: Option<&'q str>,
    /// Whether what is offered is put on the command line as it is, rather than quoted by the shell.
    pub quoted: bool,
}

/// Finds what the working directory tells.
pub trait Surroundings {
    /// Goes to the folder that `-chdir` names, if it can be entered.
    fn enter(&self, folder: &str) -> bool;
    fn values(&self, of: Values) -> Vec<String>;
    /// Files and folders whose paths begin so; those of folders end with a slash.
    fn files(&self, beginning: &str) -> Vec<String>;
}

/// What may take the place of the last word, in order. What may be followed by another word ends with a blank.
pub fn candidates(question: &Question<'_>, surroundings: &dyn Surroundings) -> Vec<String> {
    let mut program = super::declared();
    program.build();
    let (words, last) = super::line::typed(question.line);
    // The name of the program is somebody else's to complete.
    let Some((_, words)) = words.split_first() else { return Vec::new() };
    let offers = offers(&program, words, &last.text, surroundings);
    let mut written: Vec<String> = offers
        .into_iter()
        .filter(|it| it.starts_with(&last.text))
        .map(|it| if question.quoted { written(&it, &last, question.replaced) } else { it })
        .collect();
    written.sort();
    written.dedup();
    written
}

/// Everything that may stand there, whatever of it was typed already.
fn offers(program: &Command, words: &[String], last: &str, surroundings: &dyn Surroundings) -> Vec<String> {
    let mut path = vec![program];
    let mut rest = words;
    while let Some((word, after)) = rest.split_first() {
        let command = path[path.len() - 1];
        if let Some(folder) = word.trim_start_matches('-').strip_prefix("chdir=").filter(|_| word.starts_with('-')) {
            if !surroundings.enter(folder) {
                return Vec::new();
            }
        } else if let Some(below) = command.find_subcommand(word) {
            path.push(below);
        } else if path.len() > 1 || !word.starts_with('-') {
            break;
        }
        rest = after;
    }
    let command = path[path.len() - 1];
    let subcommands = || command.get_subcommands().map(|it| it.get_name().to_owned()).collect::<Vec<_>>();
    if path.len() == 1 {
        let is_misspelt = !rest.is_empty();
        return match (is_misspelt, last.starts_with('-')) {
            (true, _) => Vec::new(),
            (_, true) if last.starts_with("-chdir=") => prefixed("-chdir=", surroundings.files(&last[7..])),
            (_, true) => global(),
            _ => subcommands(),
        };
    }
    if command.has_subcommands() && rest.is_empty() && !last.starts_with('-') {
        return subcommands();
    }
    // What is left are options, with their values, and then arguments.
    let mut arguments = 0;
    let mut open: Option<&Arg> = None;
    for word in rest {
        let option = option(command, word);
        open = match (open.take(), option) {
            (Some(_), _) => None,
            (None, Some(option)) if arguments == 0 => Some(option).filter(|it| !is_switch(it) && !word.contains('=')),
            _ => {
                arguments += usize::from(arguments > 0 || !word.starts_with('-'));
                None
            }
        };
    }
    if let Some(option) = open {
        return values(option, last, surroundings, &path);
    }
    if last.starts_with('-') && arguments == 0 {
        return match last.split_once('=') {
            Some((name, value)) => match option(command, name) {
                Some(option) => prefixed(&format!("{name}="), values(option, value, surroundings, &path)),
                None => Vec::new(),
            },
            None => options(command, if last.starts_with("--") { "--" } else { "-" }),
        };
    }
    if command.get_name() == "help" {
        let named = rest.iter().try_fold(program, |it, word| it.find_subcommand(word));
        return named.into_iter().flat_map(Command::get_subcommands).map(|it| it.get_name().to_owned()).collect();
    }
    let positionals: Vec<&Arg> = command.get_positionals().filter(|it| !it.is_hide_set()).collect();
    let is_endless = |it: &&&Arg| it.get_num_args().is_some_and(|it| it.max_values() > 1);
    let argument = positionals.get(arguments).or_else(|| positionals.last().filter(is_endless));
    argument.map_or_else(Vec::new, |it| values(it, last, surroundings, &path))
}

/// The options of the program itself, without what stands for their values.
fn global() -> Vec<String> {
    let written = |(it, _): (String, String)| it.split_once('=').map_or(it.clone(), |(name, _)| format!("{name}="));
    let installing = ["-install-autocomplete", "-uninstall-autocomplete"].map(str::to_owned);
    super::help::global().into_iter().map(written).chain(installing).collect()
}

fn option<'c>(command: &'c Command, word: &str) -> Option<&'c Arg> {
    let name = word.strip_prefix('-').filter(|it| !it.is_empty())?;
    let name = name.strip_prefix('-').unwrap_or(name);
    let name = name.split_once('=').map_or(name, |it| it.0);
    command.get_arguments().find(|it| it.get_long() == Some(name))
}

/// The options that a command shows, as far as they can be written before their value.
fn options(command: &Command, dashes: &str) -> Vec<String> {
    let shown = command.get_arguments().filter(|it| !it.is_hide_set());
    let written = |it: &Arg| {
        let name = it.get_long()?;
        let is_off_unless_given = is_switch(it) && !it.get_default_values().iter().any(|it| it == "true");
        Some(format!("{dashes}{name}{}", if is_off_unless_given { "" } else { "=" }))
    };
    shown.filter_map(written).chain([format!("{dashes}no-color"), format!("{dashes}help")]).collect()
}

fn prefixed(prefix: &str, values: Vec<String>) -> Vec<String> {
    values.into_iter().map(|it| format!("{prefix}{it}")).collect()
}

/// What an option or argument may be, by what it is called in help.
fn values(argument: &Arg, last: &str, surroundings: &dyn Surroundings, path: &[&Command]) -> Vec<String> {
    if is_switch(argument) {
        return ["true", "false"].map(str::to_owned).to_vec();
    }
    let name = argument.get_value_names().and_then(|it| it.first()).map_or("", |it| it.as_str());
    let command = path[path.len() - 1].get_name();
    let of_workspace = path.iter().any(|it| it.get_name() == "workspace");
    match name {
        // What is in state already is not to be imported.
        "ADDRESS" if command == "import" => Vec::new(),
        "ADDRESS" | "SOURCE" | "DESTINATION" => surroundings.values(Values::Addresses),
        "NAME" if of_workspace && command != "new" => surroundings.values(Values::Workspaces),
        "NAME" if command == "output" => surroundings.values(Values::Outputs),
        "SHELL" => super::SHELLS.map(str::to_owned).to_vec(),
        "TYPE" => ["plan", "plan-refresh-only", "plan-destroy", "apply"].map(str::to_owned).to_vec(),
        "PATH" | "FILE" | "PLAN" | "DIR" | "TARGET" => surroundings.files(last),
        _ => Vec::new(),
    }
}

/// A word as it is put on the command line: quoted as the user began to, with a blank where it is complete.
fn written(word: &str, last: &Quoted, replaced: Option<&str>) -> String {
    let is_complete = !word.ends_with(['=', '/']);
    let word = &word[kept(&last.text, replaced)..];
    let is_special = |it: char| !(it.is_alphanumeric() || "-_./=:,+@%".contains(it));
    let escaped = |special: &dyn Fn(char) -> bool| -> String {
        word.chars().flat_map(|it| special(it).then_some('\\').into_iter().chain([it])).collect()
    };
    let (text, end) = match last.quote {
        Some('\'') => (word.to_owned(), "'"),
        Some(_) => (escaped(&|it| "\"\\$`".contains(it)), "\""),
        None => (escaped(&is_special), ""),
    };
    if is_complete { format!("{text}{end} ") } else { text }
}

/// How much of the last word the shell leaves where it is: bash takes `=` and `:` for the end of a word.
fn kept(last: &str, replaced: Option<&str>) -> usize {
    match replaced {
        Some(replaced) if last.ends_with(replaced) => last.len() - replaced.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Example;

    impl Surroundings for Example {
        fn enter(&self, folder: &str) -> bool {
            folder == "a"
        }

        fn values(&self, of: Values) -> Vec<String> {
            let values: &[&str] = match of {
                Values::Workspaces => &["default", "west"],
                Values::Addresses => &["module.m", "terraform_data.a", "terraform_data.a[\"x y\"]"],
                Values::Outputs => &["url"],
            };
            values.iter().map(|it| it.to_string()).collect()
        }

        fn files(&self, beginning: &str) -> Vec<String> {
            ["main.tf", "modules/", "my plan"]
                .iter()
                .filter(|it| it.starts_with(beginning))
                .map(|it| it.to_string())
                .collect()
        }
    }

    fn check(line: &str, replaced: Option<&str>, expected: &[&str]) {
        let found = candidates(&Question { line, replaced, quoted: true }, &Example);
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn offers_what_may_stand_next() {
        check("rforge pl", None, &["plan "]);
        check("rforge wor", None, &["workspace "]);
        check("rforge nonsense ", None, &[]);
        check("rforge -ch", None, &["-chdir="]);
        check("rforge -chdir=mod", None, &["-chdir=modules/"]);
        check("rforge -chdir=a stat", None, &["state "]);
        check("rforge -chdir=b stat", None, &[]);
        check("rforge state s", None, &["show "]);
        check("rforge apply -auto", None, &["-auto-approve "]);
        check("rforge apply --auto", None, &["--auto-approve "]);
        check("rforge plan -refresh", None, &["-refresh-only ", "-refresh="]);
        check("rforge plan -refresh=f", Some("f"), &["false "]);
        check("rforge plan -out=p -det", None, &["-detailed-exitcode "]);
        check("rforge plan -out -det", None, &[]);
        check("rforge apply x -auto", None, &[]);
        check("rforge apply m", None, &["main.tf ", "modules/", "my\\ plan "]);
        check("rforge plan -target=t", Some("t"), &["terraform_data.a ", "terraform_data.a\\[\\\"x\\ y\\\"\\] "]);
        check(
            "rforge plan -target=t",
            None,
            &["-target=terraform_data.a ", "-target=terraform_data.a\\[\\\"x\\ y\\\"\\] "],
        );
        check("rforge plan -target mod", None, &["module.m "]);
        check("rforge state show 'terraform_data.a[", None, &["terraform_data.a[\"x y\"]' "]);
        check("rforge state show \"terraform_data.a[", None, &["terraform_data.a[\\\"x y\\\"]\" "]);
        check("rforge state show terraform_data.a\\[", None, &["terraform_data.a\\[\\\"x\\ y\\\"\\] "]);
        check("rforge state rm a mod", None, &["module.m "]);
        check("rforge state mv a b mod", None, &[]);
        check("rforge workspace select ", None, &["default ", "west "]);
        check("rforge workspace new ", None, &[]);
        check("rforge output u", None, &["url "]);
        check("rforge help state m", None, &["mv "]);
        check("rforge completion ", None, &["bash ", "fish ", "zsh "]);
        check("rforge providers s", None, &["schema "]);
        check("", None, &[]);
        check("rforge", None, &[]);
        let raw = Question { line: "rforge state show terraform_data.a[", replaced: None, quoted: false };
        assert_eq!(candidates(&raw, &Example), ["terraform_data.a[\"x y\"]"]);
    }
}
