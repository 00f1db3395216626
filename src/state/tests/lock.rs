use super::super::{
    lock::{Information, Lock, Process, information_path},
    *,
};
use jiff::{SignedDuration, Timestamp};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

const FOLDER: &str = "RFORGE_TEST_LOCK_FOLDER";

/// In a process of its own, started by the test below: holds the lock until its input ends.
#[test]
fn holder() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let (lock, _) =
        Lock::acquire(&PathBuf::from(folder).join("terraform.tfstate"), "OperationTypeApply", Duration::ZERO).unwrap();
    // Straight into the pipe to the test that waits for it: the test runner would keep what is printed.
    std::io::stdout().write_all(b"\nholding\n").unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
    drop(lock);
}

#[test]
fn another_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terraform.tfstate");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "state::tests::lock::holder"])
        .env(FOLDER, folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "holding"));
    let problem = Lock::acquire(&path, "OperationTypePlan", Duration::ZERO).unwrap_err();
    assert_eq!(problem.summary, "Error acquiring the state lock");
    for part in [
        "Error message: resource temporarily unavailable\nLock Info:\n  ID:        ",
        "  Operation: OperationTypeApply\n",
    ] {
        assert!(problem.detail.contains(part), "{}", problem.detail);
    }
    // Killed, it leaves its lock file.
    child.kill().unwrap();
    child.wait().unwrap();
    let (lock, taken_over) = Lock::acquire(&path, "OperationTypePlan", Duration::ZERO).unwrap();
    assert_eq!(taken_over.unwrap().summary, "State lock taken over");
    drop(lock);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn lock_files() {
    let now = Timestamp::now();
    let beat = |seconds| Some((now - SignedDuration::from_secs(seconds)).to_string());
    let process = |host: &str, id| Some(Process { host: host.into(), id, started: "1".into() });
    let here = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let cases = [
        ("Terraform, whose lock on the file is gone", None, None, true),
        ("a process here that ended", process(&here, i32::MAX), beat(1), true),
        ("a process here with the number of one that ended", process(&here, 1), beat(1), true),
        ("a process elsewhere that lives", process("elsewhere", 1), beat(30), false),
        ("a process elsewhere that is silent", process("elsewhere", 1), beat(600), true),
        ("a process elsewhere whose clock is a little fast", process("elsewhere", 1), beat(-30), false),
        ("a process elsewhere that beats in the far future", process("elsewhere", 1), beat(-600_000), true),
        ("a process elsewhere that beats in no time", process("elsewhere", 1), Some("soon".into()), true),
    ];
    for (case, process, heartbeat, free) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("terraform.tfstate");
        let holder = Information { id: "old".into(), who: "somebody".into(), process, heartbeat, ..Default::default() };
        fs::write(information_path(&path), serde_json::to_vec(&holder).unwrap()).unwrap();
        let result = Lock::acquire(&path, "OperationTypeApply", Duration::ZERO);
        assert_eq!(result.is_ok(), free, "{case}");
        match result {
            Ok((_lock, taken_over)) => {
                assert!(taken_over.unwrap().detail.contains("somebody"));
                let taken: serde_json::Value =
                    serde_json::from_slice(&fs::read(information_path(&path)).unwrap()).unwrap();
                assert_ne!(taken["ID"], "old");
                assert_eq!(taken["Path"], path.display().to_string());
            }
            Err(problem) => assert!(problem.detail.contains("Who:       somebody"), "{}", problem.detail),
        }
    }
}

/// The configuration may read the state file: that does not give the lock up.
#[test]
fn the_locked_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("terraform.tfstate");
    let (lock, _) = Lock::acquire(&path, "OperationTypeApply", Duration::ZERO).unwrap();
    fs::read(&path).unwrap();
    // What Terraform asks for.
    let file = fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let terraform = || rustix::fs::fcntl_lock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive);
    assert!(terraform().is_err());
    drop(lock);
    assert!(terraform().is_ok());
}

/// The lock stays on the file that a checkpoint puts in place.
#[test]
fn an_open_state_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::of(folder.path().join("terraform.tfstate"));
    let options = Options { lock: true, lock_timeout: Duration::ZERO, operation: "OperationTypeApply".into() };
    let mut open = super::super::open(location.clone(), &options).unwrap();
    open.state.outputs.insert("o".into(), OutputValue { value: Value::bool(true), ty: Type::Bool, sensitive: false });
    open.checkpoint().unwrap();
    assert_eq!(
        super::super::open(location.clone(), &options).unwrap_err()[0].summary,
        "Error acquiring the state lock"
    );
    open.close().unwrap();
    let open = super::super::open(location, &options).unwrap();
    assert_eq!(open.state.outputs.len(), 1);
}
