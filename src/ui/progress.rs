//! How applying goes: a line for each step as Terraform prints it, and on a terminal a bar below them.

use super::{
    Style, stream,
    visible::{colorless, visible},
};
use crate::{
    engine::{
        Counts, Outcome,
        event::{Event, Operation, Stage, Subject},
    },
    plan::change::PlanMode,
    product::PRODUCT,
    provider::Id,
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{io::Write, time::Duration};

pub struct Progress {
    style: Style,
    out: Box<dyn Write + Send>,
    bar: ProgressBar,
    json: bool,
}

impl Progress {
    /// `screen`: there is a terminal to draw a bar on. `json`: one JSON object a line instead of text.
    pub fn new(style: Style, out: Box<dyn Write + Send>, screen: bool, json: bool) -> Self {
        let target = if screen && !json { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        let template = ProgressStyle::with_template("[{elapsed}] {bar:40} {pos}/{len} {wide_msg}");
        if let Ok(template) = template {
            bar.set_style(template);
        }
        Self { style, out, bar, json }
    }

    pub fn event(&mut self, event: &Event) {
        match event {
            Event::Planned { steps } => self.bar.set_length(*steps as u64),
            Event::Completed { .. } | Event::Failed { .. } | Event::NotAttempted { .. } => self.bar.inc(1),
            _ => {}
        }
        if self.json {
            for line in stream::event(event) {
                self.line(&line.to_string());
            }
        } else if let Some(line) = line(event) {
            self.line(&self.style.bold(&line));
        }
    }

    pub fn end(&mut self) {
        self.bar.finish_and_clear();
    }

    fn line(&mut self, line: &str) {
        let (out, line) = (&mut self.out, visible(line));
        // That nobody reads any more must not stop a run that changes things.
        self.bar.suspend(|| drop(writeln!(out, "{line}").and_then(|()| out.flush())));
    }

    /// The closing lines: what was done, what was left, and the root outputs.
    pub fn summary(&self, outcome: &Outcome, mode: PlanMode) -> String {
        let counts = outcome.counts;
        // Whether all went well is known to programs by what comes after the diagnostics.
        if self.json {
            return String::new();
        }
        if outcome.diagnostics.iter().any(|it| it.is_error()) || outcome.interrupted {
            return self.left(outcome);
        }
        if mode == PlanMode::Destroy {
            let line = format!("Destroy complete! Resources: {} destroyed.", counts.destroyed);
            return format!("\n{}\n", self.style.bold(&self.style.green(&line)));
        }
        format!("\n{}\n{}", self.style.bold(&self.style.green(&applied(&counts))), self.outputs(outcome))
    }

    /// The root outputs, if there are any.
    pub fn outputs(&self, outcome: &Outcome) -> String {
        let outputs = &outcome.state.outputs;
        match (self.json, outputs.is_empty()) {
            (true, _) => format!("{}\n", stream::outputs(outputs)),
            (false, true) => String::new(),
            (false, false) => {
                let heading = self.style.bold(&self.style.green("Outputs:"));
                format!("\n{heading}\n\n{}", super::outputs::render_all(outputs))
            }
        }
    }

    fn left(&self, outcome: &Outcome) -> String {
        if outcome.not_attempted.is_empty() {
            return String::new();
        }
        let mut text = format!("\nNot attempted ({}):\n", outcome.not_attempted.len());
        for subject in &outcome.not_attempted {
            text.push_str(&format!("  {}: {}\n", name(subject), subject.operation.name()));
        }
        text
    }
}

/// `Apply complete! Resources: 1 added, 0 changed, 0 destroyed.`
pub fn applied(counts: &Counts) -> String {
    let Counts { imported, added, changed, destroyed } = counts;
    let imported = if *imported > 0 { format!("{imported} imported, ") } else { String::new() };
    format!("Apply complete! Resources: {imported}{added} added, {changed} changed, {destroyed} destroyed.")
}

fn name(subject: &Subject) -> String {
    match &subject.deposed {
        Some(key) => format!("{} (deposed object {key})", subject.address),
        None => subject.address.to_string(),
    }
}

/// Present participle and past, as Terraform words them.
fn words(operation: Operation) -> (&'static str, &'static str) {
    match operation {
        Operation::Create => ("Creating", "Creation"),
        Operation::Read => ("Reading", "Read"),
        Operation::Open => ("Opening", "Opening"),
        Operation::Update => ("Modifying", "Modifications"),
        Operation::Delete => ("Destroying", "Destruction"),
        Operation::Forget => ("Removing from state", "Removal"),
    }
}

/// `aws_vpc.a: Creation errored after 3s`
pub fn errored(subject: &Subject, elapsed: Duration) -> String {
    let doing = match subject.operation {
        Operation::Read => "Refresh",
        operation => words(operation).1,
    };
    format!("{}: {doing} errored after {}", name(subject), whole(elapsed))
}

/// An identifier in at most 80 characters, where the line comes again and again.
fn shortened(id: &str) -> String {
    let count = id.chars().count();
    if count <= 80 {
        return id.to_owned();
    }
    let (start, end): (String, String) = (id.chars().take(39).collect(), id.chars().skip(count - 38).collect());
    format!("{start}...{end}")
}

/// What an event is told people with, if it is.
fn line(event: &Event) -> Option<String> {
    match event {
        Event::Progress { subject, id: Some(id), elapsed } => {
            let (subject, id) = (subject.clone(), Some(Id(shortened(&id.0))));
            message(&Event::Progress { subject, id, elapsed: *elapsed })
        }
        event => message(event),
    }
}

/// What an event is told with, if it is.
pub fn message(event: &Event) -> Option<String> {
    let with_id = |id: &Option<Id>| id.as_ref().map_or_else(String::new, |id| format!(" [id={}]", id.0));
    let line = match event {
        Event::Imported { address, id } => {
            format!("{address}: Importing... [id={id}]\n{address}: Import complete [id={id}]")
        }
        Event::Started { subject, id } => {
            format!("{}: {}...{}", name(subject), words(subject.operation).0, with_id(id))
        }
        Event::Progress { subject, id, elapsed } => {
            let doing = words(subject.operation).0.to_lowercase();
            let id = id.as_ref().map_or_else(String::new, |id| format!("id={}, ", id.0));
            format!("{}: Still {doing}... [{id}{} elapsed]", name(subject), whole(*elapsed))
        }
        Event::Retrying { subject, reason, .. } => format!("{}: Trying again: {reason}", name(subject)),
        Event::Provisioning { address, provisioner, stage } => match stage {
            Stage::Started => format!("{address}: Provisioning with '{}'...", provisioner.name()),
            Stage::Output(line) if line.is_empty() => String::new(),
            Stage::Output(line) => format!("{address} ({}): {}", provisioner.name(), colorless(line)),
            Stage::Completed | Stage::Failed => return None,
        },
        Event::Completed { subject, id, elapsed } => {
            let done = words(subject.operation).1;
            let id = if subject.operation == Operation::Delete { String::new() } else { with_id(id) };
            format!("{}: {done} complete after {}{id}", name(subject), whole(*elapsed))
        }
        Event::Failed { .. } | Event::NotAttempted { .. } | Event::Planned { .. } | Event::StateSaved => return None,
        Event::Interrupted { at_once: false, running } => format!(
            "\nInterrupt received.\nPlease wait for {PRODUCT} to exit: nothing new is started, and what was asked of AWS is \
             answered and kept.\nGracefully shutting down... ({running} still running)\n"
        ),
        Event::Interrupted { at_once: true, .. } => {
            "\nTwo interrupts received. Exiting immediately; what was running is looked up by the next run.\n".into()
        }
    };
    Some(line)
}

/// `0s`, `12s`, `3m20s`
pub fn whole(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds}s"),
        (0, minutes, seconds) => format!("{minutes}m{seconds}s"),
        (hours, minutes, seconds) => format!("{hours}h{minutes}m{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CERTIFICATE: &str = "arn:aws:acm:eu-central-1:123456789012:certificate/1a6f2857-b2ae-4db9-b0ed-6e377bea1a1a";

    #[test]
    fn lines_are_worded_as_terraform_words_them() {
        let subject = |operation, deposed: Option<&str>| Subject {
            address: "aws_vpc.a[0]".parse().expect("an address"),
            deposed: deposed.map(Into::into),
            operation,
        };
        let id = Some(Id("vpc-1".into()));
        let elapsed = Duration::from_secs(70);
        let cases = [
            (Event::Started { subject: subject(Operation::Create, None), id: None }, "aws_vpc.a[0]: Creating..."),
            (
                Event::Started { subject: subject(Operation::Delete, Some("0badcafe")), id: id.clone() },
                "aws_vpc.a[0] (deposed object 0badcafe): Destroying... [id=vpc-1]",
            ),
            (
                Event::Progress { subject: subject(Operation::Update, None), id: id.clone(), elapsed },
                "aws_vpc.a[0]: Still modifying... [id=vpc-1, 1m10s elapsed]",
            ),
            (
                Event::Progress { subject: subject(Operation::Create, None), id: None, elapsed: elapsed / 7 },
                "aws_vpc.a[0]: Still creating... [10s elapsed]",
            ),
            (
                Event::Progress {
                    subject: subject(Operation::Update, None),
                    id: Some(Id(CERTIFICATE.into())),
                    elapsed,
                },
                "aws_vpc.a[0]: Still modifying... [id=arn:aws:acm:eu-central-1:123456789012:c...e/1a6f2857-b2ae-4db9-b0ed-6e377bea1a1a, 1m10s elapsed]",
            ),
            (
                Event::Completed { subject: subject(Operation::Create, None), id: id.clone(), elapsed: elapsed / 35 },
                "aws_vpc.a[0]: Creation complete after 2s [id=vpc-1]",
            ),
            (
                Event::Completed { subject: subject(Operation::Delete, None), id, elapsed: Duration::ZERO },
                "aws_vpc.a[0]: Destruction complete after 0s",
            ),
        ];
        for (event, expected) in cases {
            assert_eq!(line(&event).as_deref(), Some(expected));
        }
    }
}
