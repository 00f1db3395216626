//! Configurations of others, which must work without an edit. They are never kept here: RFORGE_P2P names a git
//! repository of p2p-way/p2p-agent-infra, by default ../.mirror/p2p-way+p2p-agent-infra/repo.

use std::{fs, path::PathBuf, process::Command};

use crate::workspace::{Workspace, repository};

/// The commits that deployments start from, the second with its breaking changes.
const COMMITS: [&str; 2] = ["70db8b0", "5e32a4e"];

#[test]
fn p2p_agent_infra_validates() {
    let named = std::env::var_os("RFORGE_P2P").map(PathBuf::from);
    let git = named.unwrap_or_else(|| repository().join("../.mirror/p2p-way+p2p-agent-infra/repo"));
    if !git.exists() {
        println!("p2p_agent_infra_validates: skipped, {} does not exist", git.display());
        return;
    }
    for commit in COMMITS {
        let workspace = Workspace::new(None);
        let mut export = Command::new("git");
        let tree = workspace.path().join("tree.tar");
        export.arg("-C").arg(&git).args(["archive", "-o"]).arg(&tree).args([commit, "terraform"]);
        assert!(export.status().unwrap().success(), "git archive {commit}");
        let mut unpack = Command::new("tar");
        assert!(unpack.arg("xf").arg(&tree).current_dir(workspace.path()).status().unwrap().success());
        check(&workspace, commit);
        // All regions at once, as its readme says.
        let root = workspace.path().join("terraform/aws");
        fs::rename(root.join("regions/multi-regions.tf"), root.join("multi-regions.tf")).unwrap();
        check(&workspace, &format!("{commit} in all regions"));
    }
}

fn check(workspace: &Workspace, what: &str) {
    for command in ["init", "validate"] {
        workspace.rforge(&["-chdir=terraform/aws", command]).expect(0, &format!("{what}: {command}"));
    }
}
