//! The notation of the data: for each case a line `>> EXPRESSION`, which may go on over more lines, or `>> TYPE <- EXPRESSION`
//! for a variable of a type that is given the value of an expression, and then either
//!
//! - `= VALUE` as `terraform console` shows it, and `: TYPE` as its `type()` does, in one line;
//! - or `! SUMMARY: DETAIL` for each error, with all white space of the detail as single blanks.
//!
//! Where rforge says something else, that stands behind it with `~ ` before each line, and is then what it must say. A line
//! `~# REASON` before it tells why.
//! Lines before the first case are comments.

use std::{fs, path::Path};

/// A file of the data.
pub(super) struct File {
    pub items: Vec<Item>,
}

pub(super) enum Item {
    Comment(String),
    Case(Case),
}

#[derive(Clone, Default)]
pub(super) struct Case {
    pub expression: String,
    /// What Terraform says; empty if it was not asked yet.
    pub recorded: String,
    /// What rforge says instead, and why.
    pub instead: String,
    pub reason: String,
}

impl File {
    pub(super) fn read(path: &Path) -> File {
        let text = fs::read_to_string(path).unwrap();
        let mut items = Vec::new();
        for line in text.trim_end_matches('\n').split('\n') {
            if let Some(expression) = line.strip_prefix(">> ") {
                items.push(Item::Case(Case { expression: expression.into(), ..Case::default() }));
            } else if let Some(Item::Case(case)) = items.last_mut() {
                let answer = !case.recorded.is_empty() || line.starts_with("= ") || line.starts_with("! ");
                let part = match line.get(..2) {
                    Some("~#") => &mut case.reason,
                    Some("~ ") => &mut case.instead,
                    _ if answer => &mut case.recorded,
                    _ => &mut case.expression,
                };
                if !part.is_empty() {
                    part.push('\n');
                }
                part.push_str(line);
            } else {
                items.push(Item::Comment(line.into()));
            }
        }
        File { items }
    }

    pub(super) fn write(&self, path: &Path) {
        let show = |item: &Item| match item {
            Item::Comment(text) => format!("{text}\n"),
            Item::Case(case) => {
                let line = |text: &str| if text.is_empty() { String::new() } else { format!("{text}\n") };
                let ours = line(&case.reason) + &line(&case.instead);
                format!(">> {}\n{}\n{ours}", case.expression, case.recorded)
            }
        };
        fs::write(path, self.items.iter().map(show).collect::<String>()).unwrap();
    }

    pub(super) fn cases(&self) -> impl Iterator<Item = &Case> {
        self.items.iter().filter_map(|item| if let Item::Case(case) = item { Some(case) } else { None })
    }
}

impl Case {
    /// The file that Terraform and rforge both read.
    pub(super) fn configuration(&self) -> String {
        let expression = self.given().map_or(&*self.expression, |(_, expression)| expression);
        format!("locals {{\n  case = {expression}\n}}\n")
    }

    /// The type of the variable and the expression that it is given.
    pub(super) fn given(&self) -> Option<(&str, &str)> {
        self.expression.split_once(" <- ")
    }

    /// The variable that is given the value.
    pub(super) fn variable(ty: &str) -> String {
        format!("variable \"given\" {{\n  type = {ty}\n}}\n")
    }

    pub(super) fn expected(&self) -> String {
        let lines = self.instead.lines().map(|line| line.strip_prefix("~ ").unwrap_or_default());
        if self.instead.is_empty() { self.recorded.clone() } else { lines.collect::<Vec<_>>().join("\n") }
    }
}

pub(super) fn error(summary: &str, detail: &str) -> String {
    format!("! {summary}: {}", detail.split_whitespace().collect::<Vec<_>>().join(" "))
}
