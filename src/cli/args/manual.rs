//! Manual pages, in the language of `man`, from what is declared. clap_mangen would write options with two dashes, and
//! their values apart from them.

use super::help;
use clap::Command;

/// The pages of the program and its commands: the name of the file, and what is in it.
pub fn pages() -> Vec<(String, String)> {
    let mut program = super::declared();
    program.build();
    let mut pages = Vec::new();
    add(&mut vec![&program], &mut pages);
    pages
}

fn add(path: &mut Vec<&Command>, pages: &mut Vec<(String, String)>) {
    let command = path[path.len() - 1];
    pages.push((format!("{}.1", name(path)), page(path)));
    for below in command.get_subcommands() {
        path.push(below);
        add(path, pages);
        path.pop();
    }
}

/// `rforge-state-mv`
fn name(path: &[&Command]) -> String {
    path.iter().map(|it| it.get_name()).collect::<Vec<_>>().join("-")
}

fn page(path: &[&Command]) -> String {
    let command = path[path.len() - 1];
    let title = name(path);
    let version = env!("CARGO_PKG_VERSION");
    let mut text = format!(".TH {} 1 \"\" \"rforge {version}\"\n", escaped(&title.to_uppercase()));
    text += &format!(".SH NAME\n{} \\- {}\n", escaped(&title), escaped(&help::about(command)));
    let is_program = path.len() == 1;
    let usage = if is_program { help::usage_of_program() } else { help::usage(path) };
    text += &format!(".SH SYNOPSIS\n{}\n.SH DESCRIPTION\n", escaped(&usage));
    for (at, paragraph) in help::purpose(command).split("\n\n").enumerate() {
        text += if at > 0 { ".PP\n" } else { "" };
        text += &format!("{}\n", escaped(paragraph));
    }
    let entry =
        |(name, description): &(String, String)| format!(".TP\n\\fB{}\\fR\n{}\n", escaped(name), escaped(description));
    if is_program {
        text += ".SH GLOBAL OPTIONS\n";
        text += &help::global().iter().map(entry).collect::<String>();
    } else if !command.has_subcommands() || !command.is_subcommand_required_set() {
        for (heading, rows) in help::grouped(command) {
            text += &format!(".SH {}\n", escaped(&heading.to_uppercase()));
            text += &rows.iter().map(entry).collect::<String>();
        }
    }
    if command.has_subcommands() {
        text += &format!(".SH {}\n", if is_program { "COMMANDS" } else { "SUBCOMMANDS" });
        let rows = command.get_subcommands().map(|it| (it.get_name().to_owned(), help::sentence(&help::about(it))));
        text += &rows.map(|it| entry(&it)).collect::<String>();
    }
    let below = command.get_subcommands().map(|it| format!("{title}-{}", it.get_name()));
    let above = (!is_program).then(|| name(&path[..path.len() - 1]));
    let related: Vec<String> =
        above.into_iter().chain(below).map(|it| format!("\\fB{}\\fR(1)", escaped(&it))).collect();
    text + &format!(".SH SEE ALSO\n{}\n", related.join(", "))
}

/// Text that says nothing to the formatter.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let is_request = |line: &str| line.starts_with(['.', '\'']);
    let lines = text.lines().map(|line| if is_request(line) { format!("\\&{line}") } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page() {
        let pages = pages();
        for name in ["rforge.1", "rforge-plan.1", "rforge-state-mv.1", "rforge-man.1"] {
            assert!(pages.iter().any(|it| it.0 == name), "{name}");
        }
        let plan = &pages.iter().find(|it| it.0 == "rforge-plan.1").unwrap().1;
        assert!(plan.contains(".TP\n\\fB\\-detailed\\-exitcode\\fR\nExit with 0"), "{plan}");
        for (name, text) in &pages {
            let unknown = text.lines().find(|it| {
                it.starts_with(['.', '\'']) && ![".TH ", ".SH ", ".TP", ".PP"].iter().any(|known| it.starts_with(known))
            });
            assert_eq!(unknown, None, "{name}");
        }
    }
}
