use super::{
    cloud::{Cloud, Death, Faults},
    desk::{Desk, Thing, thing, ty},
};
use crate::{
    engine::{
        Counts, Options, Outcome, apply,
        event::{Event, Subject},
        recover,
        tempo::Tempo,
    },
    plan::Plan,
    provider::{Class, Id},
    state::{self, Location, OpenState, State},
    value::Value,
};
use std::{sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::{select, sync::mpsc};

/// The folder of a state.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Not locked: the runs that die in these tests die alone, their process does not.
    fn open(&self) -> OpenState {
        let options = state::Options { lock: false, lock_timeout: Duration::ZERO, operation: "test".into() };
        state::open(Location::of(self.0.path().join("terraform.tfstate")), &options).unwrap()
    }
}

/// Pauses too short to notice; limits as patient as the cloud.
fn hasty(cloud: &Cloud) -> Tempo {
    let patience = cloud.inner().patience;
    Tempo {
        first: Duration::from_micros(100),
        longest: Duration::from_millis(2),
        gather: Duration::from_micros(100),
        between_reads: Duration::from_millis(1),
        invisible: patience / 2,
        lost: Duration::from_millis(3),
        lost_for_good: Duration::from_millis(6),
        throttled: patience,
        progress: Duration::from_secs(3600),
    }
}

async fn plan(desk: &mut Desk, cloud: &Cloud, open: &mut OpenState) -> Plan {
    let schema = |_: &_, type_name: &str| cloud.resource_schema(type_name);
    let found = recover(open, |_| Ok(Some(Arc::new(cloud.clone()))), schema, &hasty(cloud)).await;
    assert_eq!(found, []);
    desk.plan(&open.state, &hasty(cloud)).await
}

/// Recovers, plans and applies.
async fn run(things: &[Thing], cloud: &Cloud, files: &Files) -> Outcome {
    let mut open = files.open();
    let mut desk = Desk::new(things, cloud);
    let plan = plan(&mut desk, cloud, &mut open).await;
    quietly(plan, desk, open, cloud).await
}

/// Applies without anyone to tell or to interrupt.
async fn quietly(plan: Plan, desk: Desk, open: OpenState, cloud: &Cloud) -> Outcome {
    let (events, _) = mpsc::unbounded_channel();
    let (_, interrupts) = mpsc::unbounded_channel();
    apply(plan, desk, open, events, interrupts, Options { parallelism: 8, tempo: hasty(cloud) }).await
}

/// The ids that state holds, sorted.
fn ids(state: &State) -> Vec<String> {
    let instances = state.resources.values().flat_map(|it| it.instances.values());
    let objects = instances.flat_map(|it| it.current.iter().chain(it.deposed.values()));
    let id = |it: Value| it.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut ids: Vec<String> = objects.map(|it| id(it.decode(&ty()).unwrap())).collect();
    ids.sort();
    ids
}

/// Runs until nothing is left to do; then the cloud holds exactly what is wanted, and state, once read, the same.
async fn converge(name: &str, things: &[Thing], cloud: &Cloud, files: &Files) {
    let mut runs = 0;
    let state = loop {
        let mut open = files.open();
        let mut desk = Desk::new(things, cloud);
        let plan = plan(&mut desk, cloud, &mut open).await;
        if plan.steps.nodes.is_empty() {
            break plan.prior_state;
        }
        assert!(runs < 3, "{name}: left to do: {:?}", plan.steps.nodes);
        runs += 1;
        quietly(plan, desk, open, cloud).await;
    };
    let mut wanted: Vec<String> = things.iter().map(|it| it.label.to_owned()).collect();
    wanted.sort();
    assert_eq!(cloud.names(), wanted, "{name}: duplicates or orphans");
    let existing: Vec<String> = cloud.inner().objects.keys().cloned().collect();
    assert_eq!(ids(&state), existing, "{name}: state and cloud differ");
}

fn failing(operation: &'static str, classes: &[Class]) -> Faults {
    Faults { fail: [(operation, classes.to_vec())].into(), ..Faults::default() }
}

/// Four things: `net`, two that need it, and one that needs one of those.
fn fleet() -> Vec<Thing> {
    vec![thing("net", &[]), thing("left", &["net"]), thing("right", &["net"]), thing("leaf", &["left"])]
}

/// The fleet with another size of everything, an `extra` of some, and a replacement of others.
fn changed_fleet() -> Vec<Thing> {
    let mut things = fleet();
    for thing in &mut things {
        thing.size = 2;
    }
    things[1].extra = Some("set by an update only");
    things[2].label = "right again";
    things[3].label = "leaf again";
    things[3].create_before_destroy = true;
    things
}

/// Nothing takes so long.
const PATIENCE: Duration = Duration::from_secs(60);

struct Scenario {
    name: &'static str,
    faults: Vec<(&'static str, Faults)>,
    /// Added, changed, destroyed.
    counts: (usize, usize, usize),
    /// Summaries of the diagnostics.
    problems: &'static [&'static str],
    not_attempted: &'static [&'static str],
    tainted: &'static [&'static str],
}

async fn check(before: &[Thing], things: &[Thing], scenario: Scenario) {
    check_with(before, things, scenario, PATIENCE).await;
}

async fn check_with(before: &[Thing], things: &[Thing], scenario: Scenario, patience: Duration) {
    let Scenario { name, faults, counts, problems, not_attempted, tainted } = scenario;
    let (cloud, files) = (Cloud::default(), Files::new());
    converge(name, before, &cloud, &files).await;
    for (object, faults) in faults {
        cloud.fault(object, faults);
    }
    let patience = std::mem::replace(&mut cloud.inner().patience, patience);
    let outcome = run(things, &cloud, &files).await;
    cloud.inner().patience = patience;
    let (added, changed, destroyed) = counts;
    assert_eq!(outcome.counts, Counts { imported: 0, added, changed, destroyed }, "{name}: {:?}", outcome.diagnostics);
    let summaries: Vec<&str> = outcome.diagnostics.iter().map(|it| &*it.summary).collect();
    assert_eq!(summaries, problems, "{name}");
    let mut skipped: Vec<&str> = outcome.not_attempted.iter().map(|it| &*it.address.resource.name).collect();
    skipped.sort_unstable();
    assert_eq!(skipped, not_attempted, "{name}");
    let resources = outcome.state.resources.iter();
    let mut spoilt: Vec<&str> = resources
        .filter(|(_, it)| it.instances[&None].current.as_ref().is_some_and(|it| it.tainted))
        .map(|(address, _)| &*address.name)
        .collect();
    spoilt.sort_unstable();
    assert_eq!(spoilt, tainted, "{name}");
    cloud.inner().faults.clear();
    converge(name, things, &cloud, &files).await;
}

#[tokio::test]
async fn creating() {
    use Class::{Busy, Dependency, Exists, Fatal, NotYetVisible, OutcomeUnknown, Throttled};
    let lost = || Faults { lose_create: true, ..Faults::default() };
    for scenario in [
        Scenario {
            name: "all goes well",
            faults: vec![],
            counts: (4, 0, 0),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "the first fails",
            faults: vec![("net", failing("create", &[Fatal]))],
            counts: (0, 0, 0),
            problems: &["Cannot create"],
            not_attempted: &["leaf", "left", "right"],
            tainted: &[],
        },
        Scenario {
            name: "one fails, what does not need it goes on",
            faults: vec![("left", failing("create", &[Fatal]))],
            counts: (2, 0, 0),
            problems: &["Cannot create"],
            not_attempted: &["leaf"],
            tainted: &[],
        },
        Scenario {
            name: "two fail, both are reported",
            faults: vec![("left", failing("create", &[Fatal])), ("right", failing("create", &[Fatal]))],
            counts: (1, 0, 0),
            problems: &["Cannot create", "Cannot create"],
            not_attempted: &["leaf"],
            tainted: &[],
        },
        Scenario {
            name: "what passes is tried again",
            faults: vec![("left", failing("create", &[Dependency, NotYetVisible, Busy, Throttled]))],
            counts: (4, 0, 0),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "an answer is lost, the object is found",
            faults: vec![("net", lost()), ("leaf", lost())],
            counts: (4, 0, 0),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "the provider tries again by itself and is throttled: the object is there",
            faults: vec![("net", Faults { lose_within: Some(Throttled), ..Faults::default() })],
            counts: (4, 0, 0),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "the provider tries again by itself and is told that there is one: the object is found",
            faults: vec![("net", Faults { lose_within: Some(Exists), ..Faults::default() })],
            counts: (4, 0, 0),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "a request is lost, nothing is found, it is sent again",
            faults: vec![("net", failing("create", &[OutcomeUnknown]))],
            counts: (4, 0, 0),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "an answer is lost and looking fails: the next run looks again",
            faults: vec![("left", Faults { lose_create: true, ..failing("find", &[Fatal]) })],
            counts: (2, 0, 0),
            problems: &["Cannot find"],
            not_attempted: &["leaf"],
            tainted: &[],
        },
        Scenario {
            name: "invisible and pending for a while",
            faults: vec![("net", Faults { hidden: 3, pending: 3, ..Faults::default() })],
            counts: (4, 0, 0),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "never ready: tainted",
            faults: vec![("left", Faults { never_ready: true, ..Faults::default() })],
            counts: (2, 0, 0),
            problems: &["Object failed"],
            not_attempted: &["leaf"],
            tainted: &["left"],
        },
        Scenario {
            name: "the provider panics: what does not need it goes on",
            faults: vec![("left", Faults { panic: true, ..Faults::default() })],
            counts: (2, 0, 0),
            problems: &["Provider failed"],
            not_attempted: &["leaf"],
            tainted: &[],
        },
        Scenario {
            name: "cannot be read: kept",
            faults: vec![("left", failing("read", &[Fatal]))],
            counts: (2, 0, 0),
            problems: &["Cannot read"],
            not_attempted: &["leaf"],
            tainted: &[],
        },
    ] {
        check(&[], &fleet(), scenario).await;
    }
}

/// The limits pass, and only they end these.
#[tokio::test]
async fn losing_patience() {
    for scenario in [
        Scenario {
            name: "pending for too long: tainted",
            faults: vec![("left", Faults { pending: u32::MAX, ..Faults::default() })],
            counts: (2, 0, 0),
            problems: &["Timeout"],
            not_attempted: &["leaf"],
            tainted: &["left"],
        },
        Scenario {
            name: "not to be found: kept",
            faults: vec![("left", Faults { hidden: u32::MAX, ..Faults::default() })],
            counts: (2, 0, 0),
            problems: &["Object not found"],
            not_attempted: &["leaf"],
            tainted: &[],
        },
        Scenario {
            name: "throttled after an answer that the provider lost itself: the next run looks",
            faults: vec![(
                "left",
                Faults { lose_within: Some(Class::Throttled), stays_throttled: true, ..Faults::default() },
            )],
            counts: (2, 0, 0),
            problems: &["Cannot create"],
            not_attempted: &["leaf"],
            tainted: &[],
        },
    ] {
        check_with(&[], &fleet(), scenario, Duration::from_millis(300)).await;
    }
}

#[tokio::test]
async fn changing() {
    use Class::{Dependency, Fatal};
    for scenario in [
        Scenario {
            name: "all goes well",
            faults: vec![],
            counts: (2, 2, 2),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "an update fails",
            faults: vec![("net", failing("update", &[Fatal]))],
            counts: (0, 0, 1),
            problems: &["Cannot update"],
            not_attempted: &["leaf", "leaf", "left", "right"],
            tainted: &[],
        },
        Scenario {
            name: "a delete is held up",
            faults: vec![("right", failing("delete", &[Dependency, Dependency]))],
            counts: (2, 2, 2),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "a delete fails: its replacement is not made",
            faults: vec![("right", failing("delete", &[Fatal]))],
            counts: (1, 2, 1),
            problems: &["Cannot delete"],
            not_attempted: &["right"],
            tainted: &[],
        },
        Scenario {
            name: "the old one of a replacement stays: it is deposed",
            faults: vec![("leaf", failing("delete", &[Fatal]))],
            counts: (2, 2, 1),
            problems: &["Cannot delete"],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "the new one of a replacement fails: the old one stays",
            faults: vec![("leaf again", failing("create", &[Fatal]))],
            counts: (1, 2, 1),
            problems: &["Cannot create"],
            not_attempted: &["leaf"],
            tainted: &[],
        },
    ] {
        check(&fleet(), &changed_fleet(), scenario).await;
    }
}

#[tokio::test]
async fn destroying() {
    use Class::{Fatal, OutcomeUnknown};
    for scenario in [
        Scenario {
            name: "all goes well",
            faults: vec![],
            counts: (0, 0, 4),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "an answer is lost",
            faults: vec![("left", failing("delete", &[OutcomeUnknown]))],
            counts: (0, 0, 4),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "it takes a while",
            faults: vec![("left", Faults { lingering: 5, ..Faults::default() })],
            counts: (0, 0, 4),
            problems: &[],
            not_attempted: &[],
            tainted: &[],
        },
        Scenario {
            name: "one fails: what it needs stays",
            faults: vec![("left", failing("delete", &[Fatal]))],
            counts: (0, 0, 2),
            problems: &["Cannot delete"],
            not_attempted: &["net"],
            tainted: &[],
        },
    ] {
        check(&fleet(), &[], scenario).await;
    }
}

/// A run that dies at one call after another; the next ones must leave what was wanted, once each.
#[tokio::test]
async fn dying_anywhere_loses_nothing() {
    for (name, before, things) in [
        ("creating", vec![], fleet()),
        ("creating with extras", vec![], changed_fleet()),
        ("changing", fleet(), changed_fleet()),
        ("destroying", fleet(), vec![]),
    ] {
        for acted in [false, true] {
            let mut deaths = 0;
            loop {
                let name = format!("{name}, acted: {acted}, death {deaths}");
                let (cloud, files) = (Cloud::default(), Files::new());
                converge(&name, &before, &cloud, &files).await;
                let died = {
                    let mut inner = cloud.inner();
                    inner.death = Some(Death { call: inner.calls.len() + deaths + 1, acted });
                    inner.died.clone()
                };
                let finished = select! {
                    _ = run(&things, &cloud, &files) => true,
                    () = died.notified() => false,
                };
                cloud.inner().death = None;
                converge(&name, &things, &cloud, &files).await;
                if finished {
                    break;
                }
                deaths += 1;
            }
            assert!(deaths > things.len().max(before.len()), "{name}: died {deaths} times");
        }
    }
}

/// The object of a type that cannot be found again may be there, and the intent says so until the next run has told.
#[tokio::test]
async fn what_cannot_be_found_again_may_exist() {
    for faults in [
        Faults { lose_create: true, ..Faults::default() },
        Faults { lose_within: Some(Class::Throttled), ..Faults::default() },
    ] {
        let (cloud, files) = (Cloud::default(), Files::new());
        cloud.inner().findable = false;
        cloud.fault("net", faults);
        let outcome = run(&[thing("net", &[])], &cloud, &files).await;
        assert_eq!(outcome.diagnostics.len(), 1, "{:?}", outcome.diagnostics);
        let told = &outcome.diagnostics[0];
        assert!(told.detail.contains("so it may exist"), "{told:?}");
        assert!(told.hint.as_ref().is_some_and(|it| it.contains("rforge import ADDRESS ID")), "{told:?}");
        assert_eq!(cloud.count("create"), 1, "it is not sent again");
        let mut open = files.open();
        assert_eq!(open.unresolved.len(), 1, "the intent stays open");
        let schema = |_: &_, type_name: &str| cloud.resource_schema(type_name);
        let found = recover(&mut open, |_| Ok(Some(Arc::new(cloud.clone()))), schema, &hasty(&cloud)).await;
        let summaries: Vec<&str> = found.iter().map(|it| &*it.summary).collect();
        assert_eq!(summaries, ["Object may have been made twice"]);
    }
}

#[tokio::test]
async fn a_blocked_delete_says_what_blocks_it() {
    let (cloud, files) = (Cloud::default(), Files::new());
    converge("before", &[thing("net", &[])], &cloud, &files).await;
    let net = cloud.inner().objects.keys().next().unwrap().clone();
    let guest = cloud.put("guest");
    let links = Value::list(crate::value::Type::String, vec![Value::string(&net)]);
    cloud.inner().objects.get_mut(&guest.0).unwrap().attributes.insert("links".into(), links);
    cloud.inner().patience = Duration::from_millis(50);
    let outcome = run(&[], &cloud, &files).await;
    let details: Vec<&str> = outcome.diagnostics.iter().map(|it| &*it.detail).collect();
    assert_eq!(details, ["net is in use. It is still used by: thing guest."]);
}

/// How often the user interrupts when the first object is made, and what comes of it.
#[tokio::test]
async fn interrupts() {
    for (times, summaries, kept) in
        [(1, vec!["Interrupted", "Interrupted"], vec!["net"]), (2, vec!["Interrupted", "Interrupted"], vec![])]
    {
        let (cloud, files) = (Cloud::default(), Files::new());
        cloud.fault("net", Faults { pending: 3, ..Faults::default() });
        let mut open = files.open();
        let mut desk = Desk::new(&fleet(), &cloud);
        let plan = plan(&mut desk, &cloud, &mut open).await;
        let (events, mut told) = mpsc::unbounded_channel();
        let (interrupt, interrupts) = mpsc::unbounded_channel();
        for _ in 0..times {
            interrupt.send(()).unwrap();
        }
        let outcome =
            apply(plan, desk, open, events, interrupts, Options { parallelism: 8, tempo: hasty(&cloud) }).await;
        let found: Vec<&str> = outcome.diagnostics.iter().map(|it| &*it.summary).collect();
        assert_eq!(found, summaries);
        assert!(outcome.interrupted);
        assert_eq!(outcome.not_attempted.len(), 3);
        let resources: Vec<String> = outcome.state.resources.keys().map(|it| it.name.to_string()).collect();
        assert_eq!(resources, kept);
        let mut not_attempted = 0;
        while let Ok(event) = told.try_recv() {
            not_attempted += usize::from(matches!(event, Event::NotAttempted { .. }));
        }
        assert_eq!(not_attempted, 3);
        converge("after interrupts", &fleet(), &cloud, &files).await;
    }
}

#[tokio::test]
async fn reads_after_creates_are_gathered() {
    let (cloud, files) = (Cloud::default(), Files::new());
    let names: Vec<&'static str> = (0..150).map(|at| &*Box::leak(format!("subnet{at}").into_boxed_str())).collect();
    let things: Vec<Thing> = names.iter().map(|name| thing(name, &[])).collect();
    let mut open = files.open();
    let mut desk = Desk::new(&things, &cloud);
    let plan = plan(&mut desk, &cloud, &mut open).await;
    let (events, _) = mpsc::unbounded_channel();
    let (_, interrupts) = mpsc::unbounded_channel();
    let tempo = Tempo { gather: Duration::from_millis(50), ..hasty(&cloud) };
    apply(plan, desk, open, events, interrupts, Options { parallelism: 150, tempo }).await;
    assert_eq!(cloud.count("create"), 150);
    assert!(cloud.count("read") <= 5, "{} reads", cloud.count("read"));
    converge("after", &things, &cloud, &files).await;
}

/// Creates that updates finish, updates and deletes, of more objects than there are places for tasks: whoever waits for an
/// object that is ready, or gone, is answered without any pause.
#[tokio::test]
async fn nothing_that_is_done_waits_for_a_timer() {
    let (cloud, files) = (Cloud::default(), Files::new());
    let never = Duration::from_secs(86_400);
    let tempo = Tempo { first: never, longest: never, gather: never, between_reads: never, ..hasty(&cloud) };
    let names: Vec<&'static str> = (0..40).map(|at| &*Box::leak(format!("thing{at}").into_boxed_str())).collect();
    let things = |size| -> Vec<Thing> {
        let extra = |at: usize| at.is_multiple_of(3).then_some("set by an update only");
        let thing = |(at, name): (usize, &&'static str)| Thing { size, extra: extra(at), ..thing(name, &[]) };
        names.iter().enumerate().map(thing).collect()
    };
    for (things, counts) in [(things(1), (40, 0, 0)), (things(2), (0, 40, 0)), (Vec::new(), (0, 0, 40))] {
        let mut open = files.open();
        let mut desk = Desk::new(&things, &cloud);
        let plan = plan(&mut desk, &cloud, &mut open).await;
        let (events, _) = mpsc::unbounded_channel();
        let (_, interrupts) = mpsc::unbounded_channel();
        let outcome = apply(plan, desk, open, events, interrupts, Options { parallelism: 8, tempo }).await;
        let Counts { added, changed, destroyed, .. } = outcome.counts;
        assert_eq!(((added, changed, destroyed), outcome.diagnostics), (counts, Vec::new()));
    }
}

/// What the user interface is told, and what the provider is asked, with one step at a time.
#[tokio::test]
async fn one_step_at_a_time() {
    let (cloud, files) = (Cloud::default(), Files::new());
    cloud.fault("left", failing("create", &[Class::Busy, Class::Busy, Class::Fatal]));
    let mut open = files.open();
    let mut desk = Desk::new(&fleet(), &cloud);
    let plan = plan(&mut desk, &cloud, &mut open).await;
    let (events, mut told) = mpsc::unbounded_channel();
    let (_, interrupts) = mpsc::unbounded_channel();
    apply(plan, desk, open, events, interrupts, Options { parallelism: 1, tempo: hasty(&cloud) }).await;
    let calls: Vec<String> =
        cloud.inner().calls.iter().map(|(it, names)| format!("{it} {}", names.join(" "))).collect();
    let expected =
        ["create net", "read net-1", "create left", "create left", "create left", "create right", "read right-2"];
    assert_eq!(calls, expected);
    let mut lines = Vec::new();
    while let Ok(event) = told.try_recv() {
        let line = |what: &str, subject: &Subject, rest: &str| {
            format!("{what} {} {}{rest}", subject.operation.name(), subject.address.resource.name)
        };
        let of = |id: &Option<Id>| id.as_ref().map_or(String::new(), |id| format!(" {}", id.0));
        lines.push(match event {
            Event::Planned { steps } => format!("planned {steps}"),
            Event::Started { subject, id } => line("started", &subject, &of(&id)),
            Event::Progress { subject, id, .. } => line("progress", &subject, &of(&id)),
            Event::Retrying { subject, class, .. } => line("retrying", &subject, &format!(" {class:?}")),
            Event::Completed { subject, id, .. } => line("completed", &subject, &of(&id)),
            Event::Failed { subject, id, .. } => line("failed", &subject, &of(&id)),
            Event::NotAttempted { subject } => line("not attempted", &subject, ""),
            Event::Interrupted { .. } => "interrupted".into(),
            Event::StateSaved => "saved".into(),
            Event::Imported { address, .. } => format!("imported {address}"),
            Event::Provisioning { address, stage, .. } => format!("provisioning {address} {stage:?}"),
        });
    }
    let expected = [
        "planned 4",
        "saved",
        "started create net",
        "completed create net net-1",
        "started create left",
        "retrying create left Busy",
        "failed create left",
        "started create right",
        "completed create right right-2",
        "not attempted create leaf",
        "saved",
    ];
    assert_eq!(lines, expected);
}
