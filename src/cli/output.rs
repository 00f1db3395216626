//! `output`: all outputs, one, or the raw text of one.

use super::{
    SUCCESS,
    args::Output as Options,
    session::{Failed, open},
    terminal::Terminal,
};
use crate::{
    diagnostic::Diagnostic,
    product::COMMAND,
    ui,
    value::{Type, convert, indented_json_text, json_text, render, to_json, type_to_json},
};
use serde_json::json;

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    match go(options, terminal) {
        Ok((text, warning)) => {
            if options.raw {
                terminal.raw(&text)
            } else {
                terminal.print(&text)
            }
            terminal.diagnostics(warning.as_slice(), &Default::default());
            SUCCESS
        }
        Err(failed) => failed.show(terminal, false),
    }
}

fn go(options: &Options, terminal: &Terminal) -> Result<(String, Option<Diagnostic>), Failed> {
    let state = open::read_state(options.state.as_deref(), terminal)?;
    let Some(name) = &options.name else {
        if options.raw {
            let detail = "The -raw option is only supported when an output name is given.";
            return Err(Failed::new([Diagnostic::error("Output name required", detail)]));
        }
        if options.json {
            let outputs = state.outputs.iter().map(|(name, it)| {
                let json = json!({
                    "sensitive": it.sensitive, "type": type_to_json(&it.ty), "value": to_json(&it.value),
                });
                (name.to_string(), json)
            });
            let json = serde_json::Value::Object(outputs.collect());
            return Ok((indented_json_text(&json) + "\n", None));
        }
        if state.outputs.is_empty() {
            return Ok((String::new(), Some(none())));
        }
        return Ok((ui::outputs::render_all(&state.outputs), None));
    };
    if state.outputs.is_empty() && !options.json {
        return Ok((String::new(), Some(none())));
    }
    let Some(output) = state.outputs.get(name.as_str()) else {
        let detail = format!("The output variable requested could not be found in the state: {name:?}.");
        let error = Diagnostic::error(format!("Output {name:?} not found"), detail)
            .hint(format!("If you recently added this to your configuration, be sure to run `{COMMAND} apply`."));
        return Err(Failed::new([error]));
    };
    if options.json {
        return Ok((json_text(&to_json(&output.value)) + "\n", None));
    }
    if options.raw {
        let text = convert(&output.value, &Type::String).ok();
        if text.as_ref().is_some_and(|it| it.is_null()) {
            let detail = format!("The value for output value {name:?} is null, so -raw mode cannot print it.");
            return Err(Failed::new([Diagnostic::error("Unsupported value for raw output", detail)]));
        }
        let Some(text) = text.as_ref().and_then(|it| it.as_str()) else {
            let detail = format!(
                "The -raw option only supports strings, numbers, and boolean values, but output value {name:?} is {}.",
                output.ty.friendly()
            );
            let error = Diagnostic::error("Unsupported value for raw output", detail);
            return Err(Failed::new([error.hint("The -json option prints values of every type.")]));
        };
        return Ok((text.to_owned(), None));
    }
    Ok((format!("{}\n", render(&output.value)), None))
}

fn none() -> Diagnostic {
    Diagnostic::warning(
        "No outputs found",
        format!(
            "The state file either has no outputs defined, or all the defined outputs are empty. Please define an output \
         in your configuration with the `output` keyword and run `{COMMAND} refresh` for it to become available. If you are using interpolation, please verify the interpolated value is not empty. You can use the `{COMMAND} console` command to assist."
        ),
    )
}
