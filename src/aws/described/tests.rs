//! Rows as data: what is read of them, what is wrong with them, what calls are told and what of answers is told.

use super::{check::faults, scope::Around, *};
use crate::{
    aws::wire::{Value as Sent, language},
    expression::syntax::parse_expression,
    value::{json_text, to_json},
};

fn described(name: &str) -> &'static Described {
    static UNSERVED_TYPES: LazyLock<Vec<Described>> = LazyLock::new(|| read_all(UNSERVED).0);
    let mut all = types().iter().chain(&*UNSERVED_TYPES);
    all.find(|it| it.row.name == name).unwrap_or_else(|| panic!("no row {name}"))
}

/// A value of the language in its own notation.
fn value(text: &str) -> Value {
    let (mut found, around) = (Diagnostics::new(), Around::new(&Value::null(Type::Any), "eu-central-1"));
    let expression = parse_expression(text, crate::diagnostic::FileId::default(), &mut found);
    assert!(found.is_empty(), "{text}: {found:?}");
    crate::expression::evaluate::evaluate(&expression, &around, &mut found)
}

#[test]
fn rows_are_whole() {
    let (types, wrong) = read_all(&[FILES, UNSERVED].concat());
    let unread = wrong.iter().flat_map(|(found, sources)| {
        let place = |it: &crate::diagnostic::Diagnostic| it.subject.map_or_else(String::new, |at| sources.start(at));
        found.iter().map(move |it| format!("{}: {}: {}", place(it), it.summary, it.detail))
    });
    assert!(wrong.is_empty(), "{}", unread.collect::<Vec<_>>().join("\n"));
    let faults: Vec<_> = types.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(types.len() > 1);
}

/// A row of a queue, with some of its lines.
fn faulty(lines: &str) -> Vec<String> {
    let text =
        format!("type \"aws_sqs_queue\" {{\nservice = \"sqs\"\nnoun = \"queue\"\nid = answer.QueueUrl\n{lines}\n}}\n");
    let (types, wrong) = read_all(&[("row.hcl", text.leak())]);
    let unread = wrong.iter().flat_map(|(found, sources)| {
        found.iter().map(|it| {
            let hint = it.hint.as_deref().map(|it| format!(" {it}")).unwrap_or_default();
            format!("{}: {}{hint}", sources.start(it.subject.unwrap_or_default()), it.detail)
        })
    });
    unread.chain(types.iter().flat_map(faults)).collect()
}

#[test]
fn what_is_wrong_with_a_row_is_told_with_its_place() {
    let cases = [
        ("create \"CreateQueues\" {}", "row.hcl:5", "sqs has no operation CreateQueues. Did you mean \"CreateQueue\"?"),
        ("create \"CreateQueue\" { Name = name }", "row.hcl:5", "CreateQueue has no member Name."),
        (
            "create \"CreateQueue\" {}\nkept = [\"polcy\"]",
            "row.hcl:6",
            "The type has no attribute polcy. Did you mean \"policy\"?",
        ),
        ("create \"CreateQueue\" {}\nvalues { size = 1 }", "row.hcl:6", "The type has no attribute size."),
        (
            "create \"CreateQueue\" {}\nreaad \"X\" {}",
            "row.hcl:6",
            "No block named \"reaad\" is expected here. Did you mean \"read\"?",
        ),
        ("create \"CreateQueue\" { within = \"Body\" }", "row.hcl:5", "CreateQueue takes no structure Body."),
        ("create \"CreateQueue\" {}\npatience = \"soon\"", "row.hcl:6", "`patience` takes a duration such as \"10m\"."),
        (
            "create \"CreateQueue\" {}\ndelete \"DeleteQueue\" { gone = [\"QueueIsNot\"] }",
            "row.hcl:6",
            "sqs has no error QueueIsNot",
        ),
        ("create \"CreateQueue\" {}\nready = answer.Stat == 1", "row.hcl:6", "no answer has a member Stat"),
        ("create \"CreateQueue\" {}\nready = qeue == 1", "row.hcl:6", "qeue is no attribute of the type"),
        ("create \"CreateQueue\" {}", "row.hcl:1", "policy can be configured, and no call says it"),
        ("create \"CreateQueue\" {}", "row.hcl:1", "policy can be changed in place, and no update does"),
        ("create \"CreateQueue\" {}", "row.hcl:1", "arn is filled by nothing, and not `kept`"),
    ];
    for (lines, place, expected) in cases {
        let found = faulty(lines);
        let is_it = |it: &&String| it.starts_with(place) && it.contains(expected);
        assert!(found.iter().any(|it| is_it(&it)), "{lines}: {found:#?}");
    }
}

/// What a call is told, as it is written in JSON.
fn told(name: &str, step: &row::Step, attributes: &str, said: tell::Said<'_>) -> String {
    let around = Around::new(&value(attributes), "eu-central-1").with("id", Value::string("https://sqs/1/q"));
    let input = tell::input(&described(name).row, step, &around, said).unwrap();
    json_text(&to_json(&language::of_answer(&Sent::Map(input))))
}

#[test]
fn calls_are_told_what_is_planned() {
    let queue = &described("aws_sqs_queue").row;
    let changed = ["policy".to_owned(), "delay_seconds".to_owned()];
    let cases = [
        // Nothing is said of what is not set, and of what is the service's own.
        (
            &queue.create,
            r#"{ name = "q", delay_seconds = 0, fifo_queue = false, visibility_timeout_seconds = 30, policy = null, tags = { a = "b" } }"#,
            tell::Said::All,
            r#"{"Attributes":{"VisibilityTimeout":"30"},"QueueName":"q"}"#,
        ),
        (&queue.reads[0], "{}", tell::Said::Required, r#"{"AttributeNames":["All"],"QueueUrl":"https://sqs/1/q"}"#),
        // A change says even that there is nothing more.
        (
            &queue.updates[0],
            r#"{ delay_seconds = 5, policy = null, visibility_timeout_seconds = 30 }"#,
            tell::Said::Changed(&changed),
            r#"{"Attributes":{"DelaySeconds":"5","Policy":""},"QueueUrl":"https://sqs/1/q"}"#,
        ),
        (queue.find.as_ref().unwrap(), r#"{ name = "q" }"#, tell::Said::Required, r#"{"QueueName":"q"}"#),
    ];
    for (step, attributes, said, expected) in cases {
        assert_eq!(told("aws_sqs_queue", step, attributes, said), expected, "{}", step.operation.name);
    }
    let group = &described("aws_cloudwatch_log_group").row;
    let text =
        told("aws_cloudwatch_log_group", &group.create, r#"{ name = "g", retention_in_days = 3 }"#, tell::Said::All);
    assert_eq!(text, r#"{"logGroupName":"g"}"#);
}

#[test]
fn answers_tell_attributes() {
    let it = described("aws_sqs_queue");
    let answer = value(
        r#"{ Attributes = { QueueArn = "arn:q", DelaySeconds = "5", FifoQueue = "true", SqsManagedSseEnabled = "true" } }"#,
    );
    let around = Around::new(&value("{}"), "eu-central-1").with("id", Value::string("https://sqs/1/q.fifo"));
    let now = it.attributes(&around, &answer, &value("{}"), None).unwrap();
    let expected = [
        ("name", "\"q.fifo\""),
        ("name_prefix", "\"\""),
        ("arn", "\"arn:q\""),
        ("delay_seconds", "5"),
        ("fifo_queue", "true"),
        ("content_based_deduplication", "false"),
        ("sqs_managed_sse_enabled", "true"),
        ("policy", "\"\""),
        ("kms_data_key_reuse_period_seconds", "300"),
        ("max_message_size", "null"),
    ];
    for (name, expected) in expected {
        assert_eq!(json_text(&to_json(now.get(name).unwrap())), expected, "{name}");
    }
    // What is of another type is a mistake of AWS, and not silently nothing.
    let answer = value(r#"{ Attributes = { DelaySeconds = "soon" } }"#);
    let problem = it.attributes(&around, &answer, &value("{}"), None).unwrap_err();
    assert!(problem.detail.contains("`delay_seconds`"), "{problem}");
}

#[test]
fn what_differs_is_changed() {
    let it = described("aws_sqs_queue");
    let cases: &[(&str, &str, &[&str])] = &[
        ("{ delay_seconds = 0 }", "{ delay_seconds = null }", &[]),
        ("{ delay_seconds = 0 }", "{ delay_seconds = 5 }", &["delay_seconds"]),
        (r#"{ policy = "{\"a\": 1}" }"#, r#"{ policy = "{\"a\":1}" }"#, &[]),
        (r#"{ policy = "{\"a\": 1}" }"#, "{ policy = null }", &[]),
        (r#"{ policy = "{\"a\": 1}" }"#, r#"{ policy = "" }"#, &["policy"]),
        (r#"{ arn = "a" }"#, r#"{ arn = "b" }"#, &[]),
        (r#"{ tags = { a = "b" } }"#, "{ tags = {} }", &[]),
    ];
    for (before, after, expected) in cases {
        let around = Around::new(&value(after), "eu-central-1");
        assert_eq!(it.changed(&around, &value(before)).unwrap(), *expected, "{before} {after}");
    }
}
