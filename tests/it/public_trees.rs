//! Configurations of others, which must work without an edit. They are never kept here: RFORGE_P2P names a git
//! repository of p2p-way/p2p-agent-infra, by default ../.mirror/p2p-way+p2p-agent-infra/repo. What its readme tells people to
//! do is done: files of regions/ are moved to the root, and values are given in a .tfvars file.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    emulator::Emulator,
    files::with_extensions,
    workspace::{Workspace, repository},
};

/// The commits that deployments start from, the second with its breaking changes.
const COMMITS: [&str; 2] = ["70db8b0", "5e32a4e"];

/// In how many regions agents live; RFORGE_P2P_REGIONS=1,5,34 asks for others.
const REGIONS: &str = "1,5";

const ROOT: &str = "terraform/aws";

#[test]
fn p2p_agent_infra_validates() {
    let Some(git) = clone("p2p_agent_infra_validates") else { return };
    for commit in COMMITS {
        let workspace = tree(&git, commit, None);
        check(&workspace, commit);
        // All regions at once, as its readme says.
        let root = workspace.path().join(ROOT);
        fs::rename(root.join("regions/multi-regions.tf"), root.join("multi-regions.tf")).unwrap();
        check(&workspace, &format!("{commit} in all regions"));
    }
}

fn check(workspace: &Workspace, what: &str) {
    for command in ["init", "validate"] {
        rforge(workspace, &[command], 0, what);
    }
}

/// Made, found unchanged, switched over from the first deployment to what follows, and gone without a trace.
#[test]
fn p2p_agent_infra_lives() {
    let Some(git) = clone("p2p_agent_infra_lives") else { return };
    let regions = std::env::var("RFORGE_P2P_REGIONS").unwrap_or_else(|_| REGIONS.into());
    for count in regions.split(',').map(|it| it.parse::<usize>().expect("numbers of regions")) {
        for commit in COMMITS {
            live(&git, commit, count);
        }
    }
}

fn live(git: &PathBuf, commit: &str, count: usize) {
    let emulator = Emulator::start();
    let workspace = tree(git, commit, Some(&emulator.url()));
    let root = workspace.path().join(ROOT);
    let is_region = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().contains("region-");
    let regions: Vec<PathBuf> = with_extensions(&root.join("regions"), &["tf"]).into_iter().filter(is_region).collect();
    assert!(regions.len() >= count, "{commit} has {} regions", regions.len());
    for region in &regions[..count] {
        fs::rename(region, root.join(region.file_name().unwrap())).unwrap();
    }
    let what = format!("{commit} in {count} regions");
    let before = emulator.alive();
    let idle = ["plan", "-detailed-exitcode"];
    rforge(&workspace, &["init"], 0, &what);
    rforge(&workspace, &["plan", "-detailed-exitcode"], 2, &what);
    rforge(&workspace, &["apply", "-auto-approve"], 0, &what);
    let groups = emulator.alive().iter().filter(|it| it.ends_with(" autoscaling_group")).count();
    assert_eq!(groups, count, "{what}: {:?}", emulator.alive());
    rforge(&workspace, &idle, 0, &format!("{what}, idle"));
    // The agents are there: from now on the configuration says how many there are.
    workspace.write(&format!("{ROOT}/zz.auto.tfvars"), "initial_deploy = false\ndesired_capacity = 2\n");
    rforge(&workspace, &["plan", "-detailed-exitcode"], 2, &format!("{what}, switched over"));
    rforge(&workspace, &["apply", "-auto-approve"], 0, &format!("{what}, switched over"));
    rforge(&workspace, &idle, 0, &format!("{what}, switched over and idle"));
    rforge(&workspace, &["destroy", "-auto-approve"], 0, &what);
    assert_eq!(emulator.alive(), before, "{what}: left after destroy");
}

fn rforge(workspace: &Workspace, arguments: &[&str], exit: i32, what: &str) {
    let chdir = format!("-chdir={ROOT}");
    let arguments: Vec<&str> = [&*chdir].into_iter().chain(arguments.iter().copied()).collect();
    workspace.rforge(&arguments).expect(exit, &format!("{what}: {}", arguments.join(" ")));
}

/// Where the repository is; says so if it is nowhere.
fn clone(test: &str) -> Option<PathBuf> {
    let named = std::env::var_os("RFORGE_P2P").map(PathBuf::from);
    let git = named.unwrap_or_else(|| repository().join("../.mirror/p2p-way+p2p-agent-infra/repo"));
    if !git.exists() {
        println!("{test}: skipped, {} does not exist", git.display());
    }
    git.exists().then_some(git)
}

/// A folder with what the commit has below terraform/.
fn tree(git: &PathBuf, commit: &str, endpoint: Option<&str>) -> Workspace {
    let workspace = Workspace::new(endpoint);
    let mut export = Command::new("git");
    let tree = workspace.path().join("tree.tar");
    export.arg("-C").arg(git).args(["archive", "-o"]).arg(&tree).args([commit, "terraform"]);
    assert!(export.status().unwrap().success(), "git archive {commit}");
    let mut unpack = Command::new("tar");
    assert!(unpack.arg("xf").arg(&tree).current_dir(workspace.path()).status().unwrap().success());
    workspace
}
