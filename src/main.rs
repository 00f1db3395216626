//! Arguments in, exit code out.

use std::process::ExitCode;

/// Configurations may nest deeply, and the parser and evaluator recurse with them.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    let run = || rforge::cli::run(std::env::args_os());
    match std::thread::Builder::new().stack_size(STACK).spawn(run).map(|it| it.join()) {
        Ok(Ok(code)) => ExitCode::from(code),
        // The panic was printed by its hook; a thread that could not start leaves nothing else to say.
        Ok(Err(_)) | Err(_) => ExitCode::FAILURE,
    }
}
