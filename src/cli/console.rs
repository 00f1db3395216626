//! `console`: expressions in, values out. Someone at a terminal gets a prompt with history; of a pipe each line is an
//! expression, and the value of the last one is printed, as Terraform does it.

mod prompt;

use super::{
    FAILURE, SUCCESS,
    args::{Console as Options, Given},
    session::{Failed, Session, held::Held, inspect, open::operation::OTHER},
    terminal::Terminal,
};
use crate::{
    address::ModuleAddress,
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    expression::syntax::{
        parse_expression,
        tree::{Expression, ExpressionKind, TemplatePart},
    },
    lang::{check::check_expression, configuration::Repetition},
    plan::{Request, World},
    state::{OpenState, Recorded},
    ui::plan::without_user_data,
    value::{Text, render, render_type},
};
use std::collections::BTreeSet;

pub(super) fn run(options: &Options, given: &[Given], terminal: &Terminal) -> u8 {
    match go(options, given, terminal) {
        Ok(code) => code,
        Err(failed) => failed.show(terminal, false),
    }
}

fn go(options: &Options, given: &[Given], terminal: &Terminal) -> Result<u8, Failed> {
    let input = options.variables.input && terminal.interactive;
    match (options.plan, options.place.locking.lock) {
        (true, true) => planned(Session::<OpenState>::open(OTHER, input, given, &options.place, terminal)?, terminal),
        (true, false) => planned(Session::<Recorded>::open(OTHER, input, given, &options.place, terminal)?, terminal),
        (false, _) => {
            let (world, diagnostics) = inspect::recorded_world(given, &options.place, terminal)?;
            terminal.diagnostics(&diagnostics, &world.setting.configuration.sources);
            if has_errors(&diagnostics) {
                let warning = "Due to the problems above, some expressions may produce unexpected results.";
                terminal.diagnostics(&[Diagnostic::warning(warning, "")], &Sources::default());
            }
            Ok(answered(world, terminal))
        }
    }
}

fn planned<S: Held>(mut session: Session<S>, terminal: &Terminal) -> Result<u8, Failed> {
    let (plan, world) = session.planned(Request { refresh: true, ..Request::default() })?;
    terminal.diagnostics(&plan.warnings, &session.sources());
    let code = answered(world, terminal);
    session.close(terminal);
    Ok(code)
}

fn answered(world: World, terminal: &Terminal) -> u8 {
    let hidden = if terminal.style.user_data { BTreeSet::new() } else { world.user_data() };
    let console = Console { world, hidden };
    if terminal.interactive { prompt::run(&console, terminal) } else { console.piped(terminal) }
}

struct Console {
    world: World,
    /// What is not shown where it goes.
    hidden: BTreeSet<Text>,
}

/// What a line asks for.
enum Answer {
    /// What is to be printed; nothing for a line without an expression.
    Text(String),
    Exit,
}

impl Console {
    fn piped(&self, terminal: &Terminal) -> u8 {
        let mut last = String::new();
        while let Some(line) = terminal.read_line() {
            match self.answer(line.trim()) {
                Ok(Answer::Text(text)) => last = text,
                Ok(Answer::Exit) => return SUCCESS,
                Err(failed) => {
                    failed.show(terminal, false);
                    return FAILURE;
                }
            }
        }
        terminal.print(&format!("{last}\n"));
        SUCCESS
    }

    fn answer(&self, text: &str) -> Result<Answer, Failed> {
        match text.trim() {
            "" => Ok(Answer::Text(String::new())),
            "exit" => Ok(Answer::Exit),
            "help" => Ok(Answer::Text(HELP.into())),
            _ => self.evaluate(text).map(Answer::Text),
        }
    }

    fn evaluate(&self, text: &str) -> Result<String, Failed> {
        // Where there are several lines, the last one has to end, for it may be that of a heredoc.
        let text = if text.trim().contains('\n') { text } else { text.trim() };
        let mut sources = self.world.setting.configuration.sources.clone();
        let file = sources.add("<console-input>".into(), text.into());
        let mut diagnostics = Diagnostics::new();
        let expression = parse_expression(text, file, &mut diagnostics);
        if has_errors(&diagnostics) {
            return Err(Failed { diagnostics, sources });
        }
        let argument = argument_of_type(&expression);
        if argument.and_then(argument_of_type).is_some() {
            // What `type` gives is of a type of its own.
            return Ok("type".into());
        }
        let evaluated = argument.unwrap_or(&expression);
        diagnostics.extend(check_expression(&self.world.setting.configuration, evaluated));
        if has_errors(&diagnostics) {
            return Err(Failed { diagnostics, sources });
        }
        let value = self.world.evaluate(evaluated, &ModuleAddress::root(), &Repetition::default());
        diagnostics.extend(self.world.take_diagnostics());
        if has_errors(&diagnostics) {
            for diagnostic in
                diagnostics.iter_mut().filter(|it| it.subject.is_some_and(|at| sources.text(at) == "type"))
            {
                *diagnostic = misused_type().at(diagnostic.subject.unwrap_or_default());
            }
            return Err(Failed { diagnostics, sources });
        }
        Ok(if argument.is_some() { render_type(&value.ty()) } else { render(&without_user_data(&value, &self.hidden)) })
    }
}

/// The x of `type(x)`, which only the console has, and only as a whole expression.
fn argument_of_type(expression: &Expression) -> Option<&Expression> {
    match &*expression.kind {
        ExpressionKind::Parentheses(inner) => argument_of_type(inner),
        ExpressionKind::Template(template) => match &template.parts[..] {
            [TemplatePart::Interpolation(inner)] => argument_of_type(inner),
            _ => None,
        },
        ExpressionKind::Call(call) if matches!(&*call.name.text, "type" | "core::type") && !call.expand => {
            match &call.arguments[..] {
                [argument] => Some(argument),
                _ => None,
            }
        }
        _ => None,
    }
}

/// To the evaluator, `type` is a function that does not exist.
fn misused_type() -> Diagnostic {
    let detail = "The console-only \"type\" function cannot be used as part of an expression.";
    Diagnostic::error("Invalid use of type function", detail)
        .hint("Write type(x), with one argument, and nothing around it.")
}

const HELP: &str = "\
The rforge console evaluates expressions of the Terraform language. References are to the
variables, locals and modules of the configuration in the current folder, and to the resources
that its state holds: \"aws_instance.foo.id\" is the id of that instance.

An expression with open brackets goes on in the next line; an empty line ends it.
\"type(x)\" is the type of a value.

To leave, type \"exit\" and press enter, or use Control-C or Control-D.";
