//! The parser accepts what `terraform fmt` accepts, and is compared with hcl-edit, over files of others: those in the
//! folders of RFORGE_CORPUS, separated by colons. They are fetched for the occasion and never kept here.

use std::{collections::BTreeSet, fs, path::PathBuf};

use regex::Regex;
use rforge::{
    diagnostic::{FileId, has_errors},
    expression::syntax::parse,
};

use crate::{files::with_extensions, oracle::Oracle, workspace::Workspace};

#[test]
fn accepts_what_terraform_accepts() {
    let Some(folders) = std::env::var_os("RFORGE_CORPUS") else {
        return println!("accepts_what_terraform_accepts: skipped, RFORGE_CORPUS is not set");
    };
    let Some(oracle) = Oracle::find("accepts_what_terraform_accepts") else { return };
    let files: Vec<PathBuf> = std::env::split_paths(&folders).flat_map(|it| with_extensions(&it, &["tf"])).collect();
    assert!(!files.is_empty(), "there are files in {}", folders.display());

    let workspace = Workspace::new(None);
    for (at, file) in files.iter().enumerate() {
        fs::copy(file, workspace.path().join(format!("{at}.tf"))).unwrap();
    }
    let refused = oracle.run(&workspace, &["fmt", "-no-color", "-write=false", "-list=false"]).stderr;
    let place = Regex::new(r"(?m)^  on (\d+)\.tf line").unwrap();
    let refused: BTreeSet<usize> = place.captures_iter(&refused).map(|it| it[1].parse().unwrap()).collect();

    let (mut differing, mut of_hcl_edit) = (Vec::new(), 0);
    for (at, file) in files.iter().enumerate() {
        let bytes = fs::read(file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let mut diagnostics = Vec::new();
        parse(&text, FileId(0), &mut diagnostics);
        let accepted = !has_errors(&diagnostics) && std::str::from_utf8(&bytes).is_ok();
        of_hcl_edit += usize::from(text.parse::<hcl_edit::structure::Body>().is_ok() != accepted);
        if accepted == refused.contains(&at) {
            let which =
                if accepted { "rforge accepts, terraform does not" } else { "terraform accepts, rforge does not" };
            differing.push(format!("{}: {which}", file.display()));
        }
    }
    println!("{} files, {} of them refused; hcl-edit says otherwise of {of_hcl_edit}", files.len(), refused.len());
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
