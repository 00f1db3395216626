//! Whatever a killed process leaves on disk opens to what was done.

use super::*;
use crate::{
    address::ProviderAddress,
    state::{Effect, Operation, OutputValue, tests::object},
    value::{Type, Value},
};
use serde_json::json;
use std::fs;

fn unlocked() -> Options {
    Options { lock: false, lock_timeout: Duration::ZERO, operation: "OperationTypeApply".into() }
}

fn provider() -> ProviderAddress {
    "provider[\"registry.terraform.io/hashicorp/aws\"]".parse().unwrap()
}

fn open_in(folder: &Path) -> OpenState {
    open(Location::of(folder.join("terraform.tfstate")), &unlocked()).unwrap()
}

enum Step {
    Intend(&'static str, Operation, Option<&'static str>),
    /// Of the intent with this number, counted from 1: what the id of the object is now.
    Made(u64, &'static str),
    Gone(u64, Option<&'static str>),
    Failed(u64),
}

/// A replacement of either order, an update, a create that fails and one that nobody knows of.
const STEPS: &[Step] = &[
    Step::Intend("aws_vpc.a", Operation::Create, None),
    Step::Made(1, "vpc-1"),
    Step::Intend("aws_vpc.b[\"k\"]", Operation::Create, None),
    Step::Made(1, "vpc-1 ready"),
    Step::Intend("aws_vpc.a", Operation::Create, Some("deadbeef")),
    Step::Failed(3),
    Step::Intend("aws_vpc.a", Operation::Create, Some("deadbeef")),
    Step::Made(4, "vpc-2"),
    Step::Intend("aws_vpc.a", Operation::Delete, None),
    Step::Gone(5, Some("deadbeef")),
    Step::Intend("module.m[0].aws_vpc.c", Operation::Create, None),
    Step::Made(6, "vpc-3"),
    Step::Intend("module.m[0].aws_vpc.c", Operation::Delete, None),
    Step::Gone(7, None),
];

fn intent(open: &mut OpenState, address: &str, operation: Operation, depose_as: Option<&str>) -> Intent {
    Intent {
        sequence: open.next_sequence(),
        address: address.parse().unwrap(),
        deposed: None,
        provider: provider(),
        provider_module: "module.m[0]".parse().unwrap(),
        operation,
        token: "token".into(),
        depose_as: depose_as.map(Into::into),
        planned: Some(object(json!({ "cidr_block": "10.0.0.0/16", "id": null }), &[]).into()),
        at: None,
    }
}

fn take(open: &mut OpenState, step: &Step) {
    let (sequence, deposed, effect) = match step {
        Step::Intend(address, operation, depose_as) => {
            let intent = intent(open, address, *operation, *depose_as);
            return open.intend(&[intent]).unwrap();
        }
        Step::Made(sequence, id) => (*sequence, None, Effect::Object(object(json!({ "id": id }), &[]).into())),
        Step::Gone(sequence, deposed) => (*sequence, *deposed, Effect::Gone),
        Step::Failed(sequence) => (*sequence, None, Effect::FailedCleanly),
    };
    let intents = STEPS.iter().filter_map(|step| match step {
        Step::Intend(address, ..) => Some(*address),
        _ => None,
    });
    let address = intents.into_iter().nth(sequence as usize - 1).unwrap().parse().unwrap();
    let deposed = deposed.map(Into::into);
    open.record(&[Outcome { sequence, address, deposed, provider: provider(), effect }]).unwrap();
}

/// Objects and unresolved intents, as text to compare.
fn summary<'i>(state: &State, unresolved: impl Iterator<Item = &'i Intent>) -> String {
    let mut lines = Vec::new();
    for (resource, it) in &state.resources {
        for (key, instance) in &it.instances {
            let address = resource.instance(key.clone());
            let current = instance.current.iter().map(|object| (None, object));
            for (deposed, object) in current.chain(instance.deposed.iter().map(|(key, object)| (Some(key), object))) {
                let attributes: serde_json::Value = serde_json::from_str(object.attributes.get()).unwrap();
                lines.push(format!("{address} {deposed:?} {attributes}"));
            }
        }
    }
    lines.extend(unresolved.map(|it| format!("? {} {:?} {:?}", it.address, it.operation, it.depose_as)));
    lines.join("\n")
}

fn check(folder: &Path, expected: &str) {
    let open = open_in(folder);
    assert_eq!(summary(&open.state, open.unresolved.iter()), expected);
}

/// The files of a killed process, in a folder of their own.
fn copy(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
    }
    to
}

#[test]
fn a_journal_that_is_cut_off_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut open = open_in(folder.path());
    let mut expected = vec![String::new()];
    for step in STEPS {
        take(&mut open, step);
        expected.push(summary(&open.state, open.pending.values()));
    }
    drop(open);
    let path = folder.path().join("terraform.tfstate.journal");
    let whole = fs::read(&path).unwrap();
    // Two lines stand before the first step: the owner, and the digest of the state file.
    let ends = |end: usize| whole[..end].iter().filter(|it| **it == b'\n').count();
    let first = (0..whole.len()).find(|end| ends(*end) == 2).unwrap();
    for end in first..=whole.len() {
        // A line that lacks nothing but its end counts.
        let done = ends((end + 1).min(whole.len())) - 2;
        let entries = journal::parse(&whole[..end]).unwrap();
        let replayed = journal::replay(State::default(), &journal::digest(b""), &entries).unwrap();
        assert_eq!(summary(&replayed.state, replayed.unresolved.iter()), expected[done]);
        if end % 50 != 0 {
            continue;
        }
        let killed = tempfile::tempdir().unwrap();
        fs::write(killed.path().join("terraform.tfstate.journal"), &whole[..end]).unwrap();
        check(killed.path(), &expected[done]);
        // The next run goes on, and is killed in its turn.
        let mut open = open_in(killed.path());
        let new = intent(&mut open, "aws_vpc.new", Operation::Create, None);
        open.intend(&[new]).unwrap();
        drop(open);
        let line =
            format!("{}{}? aws_vpc.new Create None", expected[done], if expected[done].is_empty() { "" } else { "\n" });
        check(killed.path(), &line);
    }
}

/// A checkpoint after each number of steps, and a process that is killed after each of its stages.
#[test]
fn a_checkpoint_that_is_cut_off_anywhere() {
    for done in 0..=STEPS.len() {
        let folder = tempfile::tempdir().unwrap();
        let mut open = open_in(folder.path());
        for step in &STEPS[..done] {
            take(&mut open, step);
        }
        let expected = summary(&open.state, open.pending.values());
        let Some(text) = open.changed_text().unwrap() else { continue };
        let digest = journal::digest(&text);
        open.announce(&digest).unwrap();
        check(copy(folder.path()).path(), &expected);
        open.write_state(&text, digest).unwrap();
        check(copy(folder.path()).path(), &expected);
        // A killed run leaves what it read to the next, which does the same.
        let mut second = open_in(copy(folder.path()).keep().as_path());
        second.checkpoint().unwrap();
        assert_eq!(summary(&second.state, second.unresolved.iter()), expected);
        fs::remove_dir_all(second.location.output.parent().unwrap()).unwrap();
        open.begin_journal().unwrap();
        check(copy(folder.path()).path(), &expected);
        for step in &STEPS[done..] {
            take(&mut open, step);
            check(copy(folder.path()).path(), &summary(&open.state, open.pending.values()));
        }
    }
}

#[test]
fn serial_lineage_and_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terraform.tfstate");
    let names = || {
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        names.sort();
        names
    };
    open_in(folder.path()).close().unwrap();
    assert!(names().is_empty(), "nothing is written when nothing has changed");

    let mut open = open_in(folder.path());
    take(&mut open, &STEPS[0]);
    take(&mut open, &STEPS[1]);
    open.checkpoint().unwrap();
    open.state
        .outputs
        .insert("o".into(), OutputValue { value: Value::string("x"), ty: Type::String, sensitive: false });
    open.close().unwrap();
    assert_eq!(names(), ["terraform.tfstate"]);
    let first = fs::read(&path).unwrap();
    let state = file::decode(&first).unwrap();
    assert_eq!((state.serial, state.lineage.len(), state.terraform_version.as_str()), (1, 36, file::TERRAFORM_VERSION));

    open_in(folder.path()).close().unwrap();
    assert_eq!(fs::read(&path).unwrap(), first);

    let mut open = open_in(folder.path());
    open.state.outputs.clear();
    open.close().unwrap();
    assert_eq!(names(), ["terraform.tfstate", "terraform.tfstate.backup"]);
    assert_eq!(fs::read(folder.path().join("terraform.tfstate.backup")).unwrap(), first);
    let second = file::decode(&fs::read(&path).unwrap()).unwrap();
    assert_eq!((second.serial, second.lineage), (2, state.lineage));
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_state_that_something_else_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terraform.tfstate");
    let mut open = open_in(folder.path());
    take(&mut open, &STEPS[0]);
    open.checkpoint().unwrap();
    drop(open);
    let other = file::encode(&State { serial: 9, lineage: "other".into(), ..State::default() });
    fs::write(&path, &other).unwrap();
    // Only a question is left, which can still be asked.
    check(folder.path(), "? aws_vpc.a Create None");
    fs::remove_file(&path).unwrap();

    let mut open = open_in(folder.path());
    take(&mut open, &STEPS[1]);
    drop(open);
    fs::write(&path, &other).unwrap();
    let problems = super::open(Location::of(&path), &unlocked()).unwrap_err();
    assert_eq!(problems[0].summary, "State and journal disagree");

    let journal = journal::path_of(&path);
    let mut text = fs::read(&journal).unwrap();
    text.splice(0..0, *b"{}\n");
    fs::write(&journal, text).unwrap();
    assert_eq!(journal::read(&journal).unwrap_err().summary, "Damaged journal");
    Journal::start(&journal, [], &Information::default(), "x").unwrap();
    assert_eq!(journal::read(&journal).unwrap().len(), 2);
}

#[test]
fn a_journal_with_one_wrong_bit() {
    let folder = tempfile::tempdir().unwrap();
    let mut open = open_in(folder.path());
    STEPS[..4].iter().for_each(|step| take(&mut open, step));
    drop(open);
    let whole = fs::read(folder.path().join("terraform.tfstate.journal")).unwrap();
    assert!(journal::parse(&whole).is_ok());
    for bit in 0..whole.len() * 8 {
        let mut damaged = whole.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(journal::parse(&damaged).is_err(), "bit {bit}");
    }
    // A journal of an earlier version has no checksums.
    let without = |line: &[u8]| [&line[..line.len() - 17], b"\n"].concat();
    let old: Vec<u8> = whole.split(|it| *it == b'\n').filter(|it| !it.is_empty()).flat_map(without).collect();
    assert_eq!(journal::parse(&old).unwrap().len(), journal::parse(&whole).unwrap().len());
}

/// The files of a folder with what is in them.
fn files(folder: &Path) -> BTreeMap<std::ffi::OsString, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap());
    entries.map(|it| (it.file_name(), fs::read(it.path()).unwrap())).collect()
}

/// Whoever reads beside a run sees what it has done and has begun, and changes nothing.
#[test]
fn readers() {
    for lock in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::of(folder.path().join("terraform.tfstate"));
        let mut open = super::open(location.clone(), &Options { lock, ..unlocked() }).unwrap();
        for step in STEPS {
            take(&mut open, step);
            let before = files(folder.path());
            let recorded = read(&location).unwrap();
            assert_eq!(summary(&recorded.state, recorded.begun.iter()), summary(&open.state, open.pending.values()));
            assert!(recorded.running);
            assert_eq!(recorded.note().is_some(), !open.pending.is_empty());
            assert_eq!(files(folder.path()), before);
        }
        drop(open);
        assert!(!read(&location).unwrap().running);
    }
}

/// Nobody takes over what belongs to a run that is under way, with a lock or without.
#[test]
fn writers_beside_a_run() {
    for (first, second) in [(true, false), (false, true), (false, false)] {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::of(folder.path().join("terraform.tfstate"));
        let locked = |lock| Options { lock, ..unlocked() };
        let mut open = super::open(location.clone(), &locked(first)).unwrap();
        // It has read the same state, and begins later.
        let mut late = super::open(location.clone(), &locked(second)).unwrap();
        take(&mut open, &STEPS[0]);
        let before = files(folder.path());
        let problems = super::open(location.clone(), &locked(false)).unwrap_err();
        assert_eq!(problems[0].summary, "State is being changed by another run");
        assert!(problems[0].detail.contains("  Operation: OperationTypeApply\n"), "{}", problems[0].detail);
        let intended = intent(&mut late, "aws_vpc.late", Operation::Create, None);
        assert_eq!(
            late.intend(std::slice::from_ref(&intended)).unwrap_err().summary,
            "State is being changed by another run"
        );
        assert_eq!(files(folder.path()), before);
        take(&mut open, &STEPS[1]);
        open.close().unwrap();
        let before = files(folder.path());
        assert_eq!(late.intend(&[intended]).unwrap_err().summary, "State was changed meanwhile");
        assert_eq!(files(folder.path()), before);
    }
}

#[test]
fn what_killed_runs_left() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::of(folder.path().join("terraform.tfstate"));
    let left = [".rforge-terraform.tfstate.aB3dEf", ".rforge-terraform.tfstate.journal.aB3dEf"];
    left.iter().for_each(|it| fs::write(folder.path().join(it), "x").unwrap());
    drop(super::open(location.clone(), &unlocked()).unwrap());
    assert_eq!(files(folder.path()).len(), 2, "only who has the lock knows that nobody writes them");
    drop(super::open(location, &Options { lock: true, ..unlocked() }).unwrap());
    assert!(files(folder.path()).is_empty());
}
