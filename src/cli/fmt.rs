//! `fmt`: configurations in their canonical form, written back, listed, shown as a difference or only checked.

use super::{SUCCESS, args::Fmt as Options, terminal::Terminal};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    expression::syntax,
    lang::load::clean,
    product::COMMAND,
    ui,
};
use std::{
    ffi::OsStr,
    fs,
    io::{self, Read, Write},
    path::{Component, Path, PathBuf},
    process::{Command, Stdio},
};

/// A file could not be formatted.
const FAILURE: u8 = 2;
/// `-check`: a file is not in its canonical form.
const DIFFERS: u8 = 3;

const EXTENSIONS: [&str; 4] = [".tf", ".tfvars", ".tftest.hcl", ".tfmock.hcl"];

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let of_standard_input = options.targets.first().is_some_and(|it| it.as_os_str() == "-");
    let list = options.list && !of_standard_input;
    let mut run = Run {
        list: options.check || list,
        write: options.write && !options.check && !of_standard_input,
        diff: options.diff,
        recursive: options.recursive,
        held: options.check.then(String::new),
        terminal,
        sources: Sources::default(),
        diagnostics: Diagnostics::new(),
    };
    if of_standard_input {
        run.standard_input();
    } else if options.targets.is_empty() {
        run.target(Path::new("."));
    } else {
        // The first target that is missing ends the run, as it does with Terraform.
        let _all_there = options.targets.iter().all(|target| run.target(target));
    }
    terminal.diagnostics(&run.diagnostics, &run.sources);
    if has_errors(&run.diagnostics) {
        return FAILURE;
    }
    match run.held {
        Some(text) if !text.is_empty() => {
            if list {
                terminal.raw(&ended(&text));
            }
            DIFFERS
        }
        _ => SUCCESS,
    }
}

struct Run<'a> {
    list: bool,
    write: bool,
    diff: bool,
    recursive: bool,
    /// With `-check`, what is to be printed if every file could be read.
    held: Option<String>,
    terminal: &'a Terminal,
    sources: Sources,
    diagnostics: Diagnostics,
}

impl Run<'_> {
    /// A file or folder from the command line; whether there is one.
    fn target(&mut self, target: &Path) -> bool {
        let path = relative(target);
        let Ok(found) = fs::metadata(&path) else {
            self.fail(format!("No file or directory at {}", path.display()));
            return false;
        };
        if found.is_dir() {
            self.folder(&path);
        } else if is_configuration(path.as_os_str()) {
            self.file(&path);
        } else {
            self.fail(format!(
                "Only .tf, .tfvars, .tftest.hcl, and .tfmock.hcl files can be processed with {COMMAND} fmt"
            ));
        }
        true
    }

    fn folder(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).and_then(|it| it.collect::<io::Result<Vec<_>>>());
        let Ok(mut entries) = entries else {
            return self.fail(format!("Cannot read directory {}", folder.display()));
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let path = clean(&folder.join(&name));
            if is_ignored(&name) {
                continue;
            }
            if entry.file_type().is_ok_and(|it| it.is_dir()) {
                if self.recursive {
                    self.folder(&path);
                }
            } else if is_configuration(&name) {
                // A pipe or device that lies there has no end.
                match fs::metadata(&path) {
                    Ok(found) if !found.is_file() && !found.is_dir() => self.unreadable(&path),
                    _ => self.file(&path),
                }
            }
        }
    }

    fn file(&mut self, path: &Path) {
        match fs::read(path) {
            Ok(bytes) => self.text(path, bytes),
            Err(_) => self.unreadable(path),
        }
    }

    fn unreadable(&mut self, path: &Path) {
        self.fail(format!("Failed to read file {}", path.display()));
    }

    fn standard_input(&mut self) {
        let mut bytes = Vec::new();
        match io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => self.text(Path::new("<stdin>"), bytes),
            Err(_) => self.fail("Failed to read <stdin>".into()),
        }
    }

    fn text(&mut self, path: &Path, bytes: Vec<u8>) {
        let Ok(text) = String::from_utf8(bytes) else {
            let detail = format!("All input files must be UTF-8 encoded, and {} is not.", path.display());
            return self.diagnostics.push(Diagnostic::error("Invalid character encoding", detail));
        };
        let file = self.sources.add(path.to_owned(), text.as_str().into());
        let Some(formatted) = syntax::format(&text, file, &mut self.diagnostics) else { return };
        if formatted != text {
            if self.list {
                self.print(&ui::visible(&format!("{}\n", path.display())));
            }
            if self.write && fs::write(path, &formatted).is_err() {
                return self.fail(format!("Failed to write {}", path.display()));
            }
            if self.diff {
                self.print(&difference(path, &text, &formatted));
            }
        }
        if !self.list && !self.write && !self.diff {
            self.print(&formatted);
        }
    }

    fn print(&mut self, text: &str) {
        match &mut self.held {
            Some(held) => held.push_str(text),
            None => self.terminal.raw(&ended(text)),
        }
    }

    fn fail(&mut self, summary: String) {
        self.diagnostics.push(Diagnostic::error(summary, ""));
    }
}

/// The text with a newline at its end: a file may lack it, what is printed does not.
fn ended(text: &str) -> String {
    format!("{}\n", text.strip_suffix('\n').unwrap_or(text))
}

/// As the program `diff` tells it, which Terraform asks too: scripts compare and apply what it prints, and no library
/// places its hunks like it. Where there is no such program, nearly the same.
fn difference(path: &Path, old: &str, new: &str) -> String {
    let labels = ["old", "new"].map(|it| format!("{it}/{}", path.display()));
    difference_of_program(&labels, [old, new]).unwrap_or_else(|| {
        let difference = similar::TextDiff::from_lines(old, new);
        difference.unified_diff().header(&labels[0], &labels[1]).to_string()
    })
}

fn difference_of_program(labels: &[String; 2], texts: [&str; 2]) -> Option<String> {
    let mut command = Command::new("diff");
    command.args(labels.iter().map(|it| format!("--label={it}"))).arg("--unified");
    let mut files = Vec::new();
    for text in texts {
        let mut file = tempfile::NamedTempFile::new().ok()?;
        file.write_all(text.as_bytes()).ok()?;
        command.arg(file.path());
        files.push(file);
    }
    let output = command.stderr(Stdio::null()).output().ok()?;
    // Its exit code says that the files differ.
    String::from_utf8(output.stdout).ok().filter(|it| !it.is_empty())
}

fn is_configuration(name: &OsStr) -> bool {
    EXTENSIONS.iter().any(|extension| name.as_encoded_bytes().ends_with(extension.as_bytes()))
}

/// What editors leave behind, and what is hidden.
fn is_ignored(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.ends_with(b"~") || name.starts_with(b"#") && name.ends_with(b"#")
}

/// The path from the working directory, as messages name files.
fn relative(path: &Path) -> PathBuf {
    let path = clean(path);
    let Ok(here) = std::env::current_dir() else { return path };
    if path.is_relative() {
        return path;
    }
    let shared = here.components().zip(path.components()).take_while(|(ours, its)| ours == its).count();
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    clean(&up.chain(path.components().skip(shared)).collect::<PathBuf>())
}
