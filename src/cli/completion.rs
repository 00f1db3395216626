//! Completion in shells: the shell calls rforge with the line that was typed, as it calls Terraform, and gets what may stand
//! next. `-install-autocomplete` tells the shells of the user to do so.

use super::{
    FAILURE, SUCCESS,
    args::{self, Question, SHELLS, Surroundings, Values},
    session::open,
    terminal::{self, Terminal},
};
use crate::{diagnostic::Diagnostic, product::COMMAND, state};
use std::{
    collections::BTreeSet,
    env, fs,
    io::{self, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// A state file that is larger takes longer to read than someone waits for a shell.
const LARGEST: u64 = 16 << 20;

/// Answers a shell, if it is one that asks: `COMP_LINE` is what was typed.
pub(super) fn answer(words: &[String]) -> Option<u8> {
    let line = env::var("COMP_LINE").ok()?;
    let point = env::var("COMP_POINT").ok().and_then(|it| it.parse().ok()).unwrap_or(line.len());
    // Bash counts bytes, zsh characters: what is not a place in the text is its end.
    let line = line.get(..point).unwrap_or(&line);
    // bash says which words are about: the command, the one to replace and the one before it.
    let replaced = words.get(2).map(String::as_str);
    let question = Question { line, replaced, quoted: env::var_os("RFORGE_COMPLETES_FOR").is_none() };
    let found = args::candidates(&question, &Here);
    let text: String = found.iter().map(|it| format!("{it}\n")).collect();
    drop(io::stdout().lock().write_all(text.as_bytes()));
    Some(SUCCESS)
}

/// The working directory. What cannot be read says nothing.
struct Here;

impl Surroundings for Here {
    fn enter(&self, folder: &str) -> bool {
        env::set_current_dir(folder).is_ok()
    }

    fn values(&self, of: Values) -> Vec<String> {
        match of {
            Values::Workspaces => super::workspace::names().unwrap_or_default(),
            Values::Addresses => recorded().map(|it| addresses(&it)).unwrap_or_default(),
            Values::Outputs => {
                recorded().map_or_else(Vec::new, |it| it.outputs.keys().map(|it| it.to_string()).collect())
            }
        }
    }

    fn files(&self, beginning: &str) -> Vec<String> {
        let (folder, name) = beginning.rsplit_once('/').map_or(("", beginning), |(folder, name)| (folder, name));
        let prefix = &beginning[..beginning.len() - name.len()];
        let home = env::var("HOME").unwrap_or_default();
        let place = match prefix {
            "" => ".".to_owned(),
            _ if folder == "~" || folder.starts_with("~/") => folder.replacen('~', &home, 1),
            _ => prefix.to_owned(),
        };
        let entries = fs::read_dir(place).into_iter().flatten().flatten();
        let entries = entries.filter_map(|it| Some((it.file_name().into_string().ok()?, it.path().is_dir())));
        let shown = entries.filter(|(it, _)| it.starts_with(name) && (!it.starts_with('.') || name.starts_with('.')));
        shown.map(|(it, is_folder)| format!("{prefix}{it}{}", if is_folder { "/" } else { "" })).collect()
    }
}

fn recorded() -> Option<state::State> {
    let located = open::location_of_state(None).ok()?;
    let is_small = fs::metadata(&located.input).is_ok_and(|it| it.len() <= LARGEST);
    state::read(&located).ok().filter(|_| is_small).map(|it| it.state)
}

/// Modules, resources and instances.
fn addresses(state: &state::State) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (address, resource) in &state.resources {
        found.insert(address.to_string());
        found.extend(resource.instances.keys().map(|key| address.instance(key.clone()).to_string()));
        let modules =
            (1..=address.module.0.len()).map(|it| crate::address::ModuleAddress(address.module.0[..it].into()));
        found.extend(modules.map(|it| it.to_string()));
    }
    found.into_iter().collect()
}

/// `completion SHELL`: what one would put where that shell reads it.
pub(super) fn run(shell: &str, terminal: &Terminal) -> u8 {
    match script(shell, COMMAND.as_str(), &program()) {
        Some(text) => {
            terminal.print(&text);
            SUCCESS
        }
        None => {
            let detail =
                format!("Commands cannot be completed in {shell:?}; it has to be one of {}.", SHELLS.join(", "));
            terminal.diagnostics(&[Diagnostic::error("Unknown shell", detail)], &Default::default());
            FAILURE
        }
    }
}

fn script(shell: &str, name: &str, program: &str) -> Option<String> {
    Some(match shell {
        "bash" => format!("{}\n", line_of_bash(name, program)),
        "zsh" => format!("{}\n", line_of_zsh(name, program)),
        "fish" => format!(
            "function __complete_{name}\n    set -lx COMP_LINE (commandline -cp)\n    set -lx RFORGE_COMPLETES_FOR fish\n    \
             {program}\nend\ncomplete -f -c {name} -a '(__complete_{name})'\n"
        ),
        _ => return None,
    })
}

fn line_of_bash(name: &str, program: &str) -> String {
    format!("complete -o nospace -C {program} {name}")
}

/// zsh has a mode for what is written for bash, which does not take words with blanks.
fn line_of_zsh(name: &str, program: &str) -> String {
    let line = r#"COMP_LINE="${(j: :)words[1,CURRENT-1]} ${(q)${(Q)PREFIX}}""#;
    let offer = r#"compadd -S '' -- ${(M)found:#*[=/]}; compadd -- ${found:#*[=/]}"#;
    format!(
        "(( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit; }}; __complete_{name}() {{ local -a found; \
         found=(\"${{(@f)$({line} RFORGE_COMPLETES_FOR=zsh {program})}}\"); {offer}; }}; compdef __complete_{name} {name}"
    )
}

/// Where this program is, as a word of a shell.
fn program() -> String {
    let path = env::current_exe().map_or_else(|_| "rforge".into(), |it| it.display().to_string());
    let is_plain = path.chars().all(|it| it.is_alphanumeric() || "-_./+@".contains(it));
    if is_plain { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// `-install-autocomplete` or `-uninstall-autocomplete` among the words.
pub(super) fn install(words: &[String]) -> Option<u8> {
    let has = |name: &str| words.iter().skip(1).any(|it| it.trim_start_matches('-') == name && it.starts_with('-'));
    let done = match (has("install-autocomplete"), has("uninstall-autocomplete")) {
        (false, false) => return None,
        (true, true) => {
            Err("Either the autocomplete install or uninstall flag may be specified, but not both.".to_owned())
        }
        (is_wanted, _) => change(COMMAND.as_str(), is_wanted),
    };
    Some(match done {
        Ok(()) => SUCCESS,
        Err(error) => {
            terminal::error(&format!("Error executing CLI: {error}\n"));
            FAILURE
        }
    })
}

/// Makes every shell that the user has set up complete `name`, or none of them.
fn change(name: &str, is_wanted: bool) -> Result<(), String> {
    let home = PathBuf::from(env::var_os("HOME").ok_or("HOME is not set")?);
    let settings = env::var_os("XDG_CONFIG_HOME").filter(|it| !it.is_empty());
    let fish = settings.map_or_else(|| home.join(".config"), PathBuf::from).join("fish");
    let first = |names: &[&str]| names.iter().map(|it| home.join(it)).find(|it| it.is_file());
    let program = program();
    let lines = [
        (first(&[".bashrc", ".bash_profile", ".bash_login", ".profile"]), line_of_bash(name, &program)),
        (first(&[".zshrc"]), line_of_zsh(name, &program)),
    ];
    let mut shells = 0;
    for (path, line) in lines {
        let Some(path) = path else { continue };
        shells += 1;
        edit(&path, name, is_wanted.then_some(&*line)).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    if fish.is_dir() {
        shells += 1;
        let path = fish.join("completions").join(format!("{name}.fish"));
        let text = script("fish", name, &program).unwrap_or_default();
        let done = match is_wanted {
            true => fs::create_dir_all(fish.join("completions")).and_then(|()| fs::write(&path, text)),
            false => fs::remove_file(&path)
                .or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }),
        };
        done.map_err(|error| format!("{}: {error}", path.display()))?;
    }
    if shells == 0 { Err("Did not find any shells to install".into()) } else { Ok(()) }
}

/// Leaves `line` in the file as the only one that completes `name`; or none.
fn edit(path: &Path, name: &str, line: Option<&str>) -> io::Result<()> {
    let old = fs::read(path)?;
    let is_ours = |it: &[u8]| {
        let it = String::from_utf8_lossy(it);
        let completes =
            (it.starts_with("complete -") && it.contains(" -C ")) || it.contains("RFORGE_COMPLETES_FOR=zsh");
        completes && it.trim_end().ends_with(&format!(" {name}"))
    };
    let mut new: Vec<u8> =
        old.split_inclusive(|it| *it == b'\n').filter(|it| !is_ours(it)).flatten().copied().collect();
    if let Some(line) = line {
        if old.split(|it| *it == b'\n').any(|it| it == line.as_bytes()) {
            return Ok(());
        }
        if !new.is_empty() && !new.ends_with(b"\n") {
            new.push(b'\n');
        }
        new.extend_from_slice(line.as_bytes());
        new.push(b'\n');
    }
    if new == old { Ok(()) } else { replace(path, &new) }
}

/// Writes a whole file in the place of one that may be a link.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mode = fs::metadata(&path)?.permissions().mode();
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new("/")))?;
    file.write_all(content)?;
    file.as_file().set_permissions(fs::Permissions::from_mode(mode))?;
    file.persist(&path)?;
    Ok(())
}
