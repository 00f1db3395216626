//! Providers that do not come to work, break off, or answer what they must not.

use super::{NAME, Program, object};
use rforge::{
    plugin::{Applying, Kind, Launch, Planning, Plugin, schema::Schemas},
    provider::{Class, Problem},
    value::{Type, Value},
};
use std::{path::Path, time::Duration};

/// The error of a start that fails.
async fn refused(launch: &Launch<'_>) -> Problem {
    Plugin::start(launch).await.err().unwrap_or_else(|| panic!("{} starts", launch.executable.display()))
}

#[tokio::test]
async fn starts_that_fail() {
    for (behaviour, expected) in [
        (
            "cookie",
            "It ended before it said where it can be reached.\n\nThe last that it said was:\n\nThis binary is a plugin",
        ),
        ("dies", "It ended before it said where it can be reached."),
        ("rubbish", "Instead of saying where it can be reached, it printed \"Segmentation fault\"."),
        ("endless", "Instead of saying where it can be reached, it printed \"xxx"),
        ("crash", "The last that it said was:\n\npanic: assignment to entry in nil map\n"),
        ("impostor", "it cannot be connected to: "),
    ] {
        let program = Program::new(6, behaviour);
        let problem = refused(&program.launch()).await;
        assert_eq!(problem.summary, "Failed to start a provider", "{behaviour}");
        assert!(problem.detail.contains(expected), "{behaviour}: {}", problem.detail);
    }
    let program = Program::new(4, "");
    assert!(refused(&program.launch()).await.detail.contains("version \"4\" of the protocol"));
    let program = Program::new(6, "silent");
    let launch = Launch { patience: Duration::from_millis(300), ..program.launch() };
    assert!(refused(&launch).await.detail.contains("It did not say within 300ms where it can be reached."));
    for (path, expected) in
        [("/nowhere", "No such file"), ("/etc/passwd", "Permission denied"), ("/bin/true", "It ended")]
    {
        let problem = refused(&Launch::new(Path::new(path), NAME)).await;
        assert!(problem.detail.contains(expected), "{path}: {}", problem.detail);
    }
}

#[tokio::test]
async fn schemas_that_are_wrong() {
    for (behaviour, expected) in [
        (
            "schema type",
            "schema of test_thing cannot be understood: attribute \"wrong\": \"[\\\"bag\\\",\\\"string\\\"]\" is not a type",
        ),
        ("schema flags", "attribute \"wrong\": it has to be either required, optional or computed"),
        ("schema twice", "schema of test_thing cannot be understood: \"name\" is declared twice"),
        ("schema nesting", "block \"rule\": 9 is no way of nesting"),
    ] {
        let program = Program::new(6, behaviour);
        let plugin = program.start().await.unwrap();
        let schemas = plugin.schemas().await.unwrap().0.value;
        let problem = schemas.resources.get("test_thing").unwrap().unwrap_err();
        assert!(problem.detail.contains(expected), "{behaviour}: {}", problem.detail);
        // What is not wrong is of use all the same.
        assert!(schemas.data.get("test_data").unwrap().is_ok());
    }
    let program = Program::new(5, "old");
    let problem = program.start().await.unwrap().metadata().await.unwrap_err();
    let said = "The plugin.(*GRPCProvider).GetMetadata method is not supported by this plugin.";
    assert_eq!((problem.summary.as_str(), problem.detail.as_str()), ("Unsupported plugin method", said));
}

/// Applies an object that behaves so.
async fn apply(plugin: &Plugin, schemas: &Schemas, behave: &str) -> Result<(Value, Vec<Problem>), Problem> {
    let schema = schemas.resources.get("test_thing").unwrap().unwrap();
    let (behave, name) = (Value::string(behave), Value::string("n"));
    let (none, config) =
        (Value::null(schema.block.implied_type()), object(schema, &[("name", name), ("behave", behave)]));
    let (planned, config) = (&config, &config);
    let applying = Applying { prior: &none, planned, config, private: &[], identity: None, meta: None };
    let answer = plugin.apply(Kind::new("test_thing", schema), applying).await?;
    Ok((answer.value.state, answer.problems))
}

#[tokio::test]
async fn changes_that_go_wrong() {
    let program = Program::new(6, "");
    let plugin = program.start().await.unwrap();
    let schemas = plugin.schemas().await.unwrap().0.value;
    // Whether that may be is for who asked to say: here it is only told.
    let (state, _) = apply(&plugin, &schemas, "unknown after apply").await.unwrap();
    assert_eq!(state.get("size"), Some(&Value::unknown(Type::Number)));
    let (state, _) = apply(&plugin, &schemas, "inconsistent result").await.unwrap();
    assert_eq!(state.get("name"), Some(&Value::string("another")));
    let (state, problems) = apply(&plugin, &schemas, "partial").await.unwrap();
    assert!(state.get("id").is_some_and(|it| it.as_str().is_some()));
    assert_eq!(
        (problems[0].summary.as_str(), problems[0].attribute.as_ref().unwrap().to_string().as_str()),
        ("Half done", "size")
    );

    let undecodable = apply(&plugin, &schemas, "garbage after apply").await.unwrap_err();
    assert_eq!(
        (undecodable.summary.as_str(), undecodable.class),
        ("Invalid answer of a plugin", Class::OutcomeUnknown)
    );
    let problem = apply(&plugin, &schemas, "refuse").await.unwrap_err();
    let said = "The plugin returned an unexpected error from plugin6.(*GRPCProvider).ApplyResourceChange: rpc error: code = \
                Unknown desc = no such luck";
    assert_eq!(
        (problem.summary.as_str(), problem.detail.as_str(), problem.class),
        ("Plugin error", said, Class::OutcomeUnknown)
    );

    // Whatever code a call ends with, the change may have been made.
    for code in 1..=16 {
        let problem = apply(&plugin, &schemas, &format!("status {code}")).await.unwrap_err();
        assert_eq!(problem.class, Class::OutcomeUnknown, "{code}: {}", problem.detail);
    }
    let wrong = apply(&plugin, &schemas, "wrong type after apply").await.unwrap_err();
    assert_eq!((wrong.summary.as_str(), wrong.class), ("Invalid answer of a plugin", Class::OutcomeUnknown));
    let (state, problems) = apply(&plugin, &schemas, "garbage and an error").await.unwrap();
    let told: Vec<_> = problems.iter().map(|it| (it.summary.as_str(), it.class)).collect();
    let expected = [("Half done", Class::Fatal), ("Invalid answer of a plugin", Class::OutcomeUnknown)];
    assert_eq!((state.is_null(), told.as_slice()), (true, &expected[..]));

    let schema = schemas.resources.get("test_thing").unwrap().unwrap();
    let none = Value::null(schema.block.implied_type());
    for (behave, expected) in [("garbage", "object required"), ("wrong type", "object required")] {
        let config = object(schema, &[("name", Value::string("n")), ("behave", Value::string(behave))]);
        let (proposed, config) = (&config, &config);
        let planning = Planning { prior: &none, proposed, config, private: &[], identity: None, meta: None };
        let problem = plugin.plan(Kind::new("test_thing", schema), planning).await.unwrap_err();
        assert_eq!((problem.summary.as_str(), problem.class), ("Invalid answer of a plugin", Class::Fatal));
        assert!(problem.detail.contains(expected), "{}", problem.detail);
    }
    // A value that does not have the type that the schema says goes nowhere.
    let wrong = Value::object([("name".into(), Value::bool(true))].into());
    let problem = plugin
        .read_data(Kind::new("test_data", schemas.data.get("test_data").unwrap().unwrap()), &wrong, None)
        .await
        .unwrap_err();
    assert_eq!(problem.summary, "Invalid value for a plugin");
}

#[tokio::test]
async fn crashes_are_told_with_their_stack() {
    for (version, called) in [(5, "plugin.(*GRPCProvider)"), (6, "plugin6.(*GRPCProvider)")] {
        let program = Program::new(version, "");
        let plugin = program.start().await.unwrap();
        let schemas = plugin.schemas().await.unwrap().0.value;
        // A call under way fails with the one that crashes.
        let (slow, crash) = tokio::join!(apply(&plugin, &schemas, "slow"), apply(&plugin, &schemas, "crash"));
        for problem in [slow.unwrap_err(), crash.unwrap_err()] {
            let said = format!(
                "The plugin encountered an error, and failed to respond to the {called}.ApplyResourceChange call. The plugin \
                 logs may contain more details.\n\nStack trace from the terraform-provider-test plugin:\n\npanic: assignment to \
                 entry in nil map\n\ngoroutine 7 [running]:\nmain.apply(0x1)\n"
            );
            assert_eq!((problem.summary.as_str(), problem.class), ("Plugin did not respond", Class::OutcomeUnknown));
            assert!(problem.detail.starts_with(&said), "{}", problem.detail);
            assert!(problem.cause.is_some_and(|it| it.is_final));
        }
        let after = plugin.functions().await.unwrap_err();
        assert!(after.detail.contains("respond to the") && after.detail.contains("GetFunctions"), "{}", after.detail);
    }
}

#[tokio::test]
async fn what_takes_long_is_given_up() {
    for version in [5, 6] {
        let program = Program::new(version, "");
        let plugin = program.start().await.unwrap();
        let schemas = plugin.schemas().await.unwrap().0.value;
        let (stopped, applied) = tokio::join!(plugin.stop(), apply(&plugin, &schemas, "slow"));
        assert_eq!(stopped, Ok(()));
        let (state, problems) = applied.unwrap();
        assert_eq!((state.is_null(), problems[0].summary.as_str()), (true, "Stopped"));
    }
}

/// The processes that belong to a program started here, by what the system lists.
fn alive(program: &Program) -> usize {
    let name = program.path.display().to_string();
    let list = |it: std::fs::DirEntry| std::fs::read(it.path().join("environ")).ok();
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(list);
    all.filter(|it| String::from_utf8_lossy(it).contains(&format!("{}={name}", super::OWN))).count()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn no_provider_outlives_us() {
    for behaviour in ["", "stays"] {
        let program = Program::new(6, behaviour);
        let plugin = program.start().await.unwrap();
        assert_eq!(alive(&program), 1);
        plugin.shut_down().await;
        assert_eq!(until_gone(&program), 0, "{behaviour}");
        let plugin = program.start().await.unwrap();
        drop(plugin);
        assert_eq!(until_gone(&program), 0, "{behaviour}");
    }
    // Nor if we are killed.
    let program = Program::new(6, "stays");
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "plugin::mishaps::parent", "--nocapture"])
        .env(PARENT, &program.path)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    assert!(lines.any(|it| it.unwrap().contains("has started")));
    assert_eq!(alive(&program), 1);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(until_gone(&program), 0);
}

fn until_gone(program: &Program) -> usize {
    let started = std::time::Instant::now();
    while alive(program) > 0 && started.elapsed() < Duration::from_secs(20) {
        std::thread::yield_now();
    }
    alive(program)
}

const PARENT: &str = "RFORGE_TEST_PLUGIN_PARENT";

/// Not a test, but a process that has a provider until it is killed.
#[tokio::test]
async fn parent() {
    let Some(path) = std::env::var_os(PARENT) else { return };
    let plugin = Plugin::start(&Launch::new(Path::new(&path), NAME)).await.unwrap();
    println!("has started {:?}", plugin.protocol());
    std::future::pending::<()>().await;
}
