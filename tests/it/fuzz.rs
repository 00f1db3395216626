//! Made-up and damaged input of every kind that rforge reads: it never panics, hangs or fills the memory. The input is
//! the same in each run; RFORGE_FUZZ=N makes N times as much of it.

mod expressions;
mod memory;
mod mutation;
pub(crate) mod random;
mod watchdog;

use std::{fs, path::PathBuf};

use rforge::{
    diagnostic::{Diagnostics, FileId, has_errors},
    expression::{
        evaluate::{evaluate, evaluate_template},
        syntax::{parse, parse_expression, parse_json, parse_template},
    },
    plan::saved,
    plugin::{Protocol, msgpack, reattach, schema},
    state::file,
    value::{Number, Type, Value, render},
};

use crate::{
    conformance,
    workspace::{Workspace, repository},
};
use memory::peak;
use mutation::Mutator;
use random::Random;
use watchdog::Watchdog;

/// How many inputs each test makes up.
const INPUTS: usize = 1_000;

/// The most memory that one input may take, in bytes.
const MEMORY: usize = 1 << 30;

/// As in `main`: what walks trees is made for such a stack.
const STACK: usize = 256 << 20;

fn inputs() -> usize {
    INPUTS * std::env::var("RFORGE_FUZZ").ok().and_then(|it| it.parse().ok()).unwrap_or(1)
}

/// Gives `work` each input, watched.
fn each(name: &'static str, inputs: impl Iterator<Item = Vec<u8>> + Send, work: impl Fn(&[u8]) + Sync) {
    std::thread::scope(|scope| {
        let run = || {
            let watchdog = Watchdog::start(name);
            for input in inputs {
                watchdog.begins(&input);
                let used = peak(|| work(&input));
                let shown = String::from_utf8_lossy(&input[..input.len().min(2_000)]);
                assert!(used < MEMORY, "{name}: {used} bytes of memory for:\n{shown}");
            }
        };
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).unwrap();
        if let Err(panic) = thread.join() {
            println!("{name}: {}", watchdog::last_input());
            std::panic::resume_unwind(panic);
        }
    });
}

/// All files below the folder of the repository with one of these endings.
fn corpus(folder: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    let mut folders: Vec<PathBuf> = vec![repository().join(folder)];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|it| path.to_str().unwrap().ends_with(it)) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn mutations(seed: u64, corpus: Vec<Vec<u8>>, words: &'static [&'static str]) -> impl Iterator<Item = Vec<u8>> + Send {
    assert!(!corpus.is_empty());
    let mut mutator = Mutator::new(Random::new(seed), corpus, words);
    (0..inputs()).map(move |_| mutator.next())
}

const SYNTAX: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "${",
    "%{",
    "~}",
    "\"",
    "<<EOT\n",
    "<<-E\n",
    "\nEOT\n",
    "=",
    "=>",
    "...",
    "?",
    ":",
    "/*",
    "*/",
    "#",
    "\\u",
    "\\",
    "for x in ",
    "%{ if ",
    "%{ endfor }",
    "[*]",
    ".*",
    ".0",
    "null",
    "1e999",
    "\r\n",
    "\u{feff}",
    "\0",
    "é",
    "\u{301}",
    "-",
    "!",
    "==",
    "&&",
    "dynamic",
    "block",
];

fn evaluated(text: &str) {
    let mut diagnostics = Diagnostics::new();
    let expression = parse_expression(text, FileId::default(), &mut diagnostics);
    if !has_errors(&diagnostics) {
        let value = evaluate(&expression, &conformance::Names, &mut diagnostics);
        render(&value);
    }
}

#[test]
fn parser() {
    let mut files = corpus("tests/scenarios", &[".tf"]);
    files.extend(corpus("modules", &[".tf"]));
    each("parser", mutations(1, files, SYNTAX), |input| {
        parse(&String::from_utf8_lossy(input), FileId::default(), &mut Diagnostics::new());
    });
}

#[test]
fn damaged_expressions() {
    let texts = conformance::expressions().into_iter().map(String::into_bytes).collect();
    each("damaged expressions", mutations(2, texts, SYNTAX), |input| evaluated(&String::from_utf8_lossy(input)));
}

#[test]
fn made_up_expressions() {
    let mut random = Random::new(3);
    let texts = (0..inputs()).map(move |_| expressions::expression(&mut random, 4).into_bytes());
    each("made-up expressions", texts, |input| evaluated(&String::from_utf8_lossy(input)));
}

#[test]
fn templates() {
    let texts = conformance::expressions().into_iter().filter(|it| it.contains("{ ")).map(String::into_bytes).collect();
    each("templates", mutations(4, texts, SYNTAX), |input| {
        let mut diagnostics = Diagnostics::new();
        let template = parse_template(&String::from_utf8_lossy(input), FileId::default(), &mut diagnostics);
        if !has_errors(&diagnostics) {
            evaluate_template(&template, &conformance::Names, &mut diagnostics);
        }
    });
}

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "true",
    "-1",
    "1e999",
    "\\u0000",
    "\\ud800",
    "\"${\"",
    "\"for_each\":",
    "//",
];

#[test]
fn json_syntax() {
    let mut files = corpus("tests", &[".tf.json", "type.json"]);
    files
        .push(br#"{"resource": {"a": {"b": [{"c": "${d}", "dynamic": {"e": {"for_each": [1]}}}]}}, "//": 1}"#.to_vec());
    each("JSON syntax", mutations(5, files, JSON), |input| {
        parse_json(&String::from_utf8_lossy(input), FileId::default(), &mut Diagnostics::new());
    });
}

#[test]
fn state_files() {
    let files = corpus("tests/rendering", &[".tfstate"]);
    each("state files", mutations(6, files, JSON), |input| {
        if let Ok(state) = file::decode(input) {
            file::encode(&state);
        }
    });
}

/// What a provider could answer where a value or its schemas are expected.
#[test]
fn plugin_answers() {
    let number = |text| Value::number(Number::parse(text).unwrap());
    let object = Value::object(
        [
            ("any".into(), Value::tuple(vec![number("1.5"), Value::null(Type::String), Value::unknown(Type::Bool)])),
            ("map".into(), Value::map(Type::String, [("k".into(), Value::string("v"))].into())),
            ("set".into(), Value::set(Type::Number, vec![number("3"), number("123456789012345678901234567890")])),
            ("text".into(), Value::unknown_with_prefix("arn:")),
        ]
        .into(),
    );
    let open = Type::object([
        ("any", Type::Any),
        ("map", Type::map(Type::String)),
        ("set", Type::set(Type::Number)),
        ("text", Type::String),
    ]);
    let types = [open, Type::Any, Type::list(Type::Any), Type::map(Type::Any), Type::Number];
    let mut corpus: Vec<Vec<u8>> = types[..2].iter().map(|ty| msgpack::write(&object, ty).unwrap()).collect();
    corpus.push(crate::plugin::schemas());
    // Many small values, and lengths that nothing comes for.
    corpus.push([b"\xdd\x00\x03\x00\x00".to_vec(), vec![0xc0; 0x30000]].concat());
    corpus.push(b"\xdd\xff\xff\xff\xff\xdf\xff\xff\xff\xff\xc9\xff\xff\xff\xff\x0c".to_vec());
    each("plugin answers", mutations(8, corpus, MSGPACK), |input| {
        for ty in &types {
            if let Ok(value) = msgpack::read(input, ty) {
                drop(msgpack::write(&value, ty));
            }
        }
        for protocol in [Protocol::V5, Protocol::V6] {
            let Ok(answer) = schema::decode(protocol, input) else { continue };
            answer.value.resources.names().for_each(|name| drop(answer.value.resources.get(name)));
        }
        drop(reattach::parse(&String::from_utf8_lossy(input)));
    });
}

const MSGPACK: &[&str] = &[
    "\0",
    "\u{1}",
    "\u{7f}",
    "any",
    "text",
    "1e99999",
    "-0",
    "\"dynamic\"",
    "[\"list\",\"dynamic\"]",
    "[\"object\",{\"a\":\"bool\"},[\"a\"]]",
    "[\"tuple\",[\"bool\",\"number\"]]",
    "[\"map\",[\"set\",\"string\"]]",
    "{\"a/b\":{\"Protocol\":\"grpc\",\"Addr\":{\"Network\":\"tcp\",\"String\":\"x\"}}}",
];

/// A file or a disk that changes one bit makes no other plan of it.
#[test]
fn plan_files_with_one_wrong_bit() {
    let workspace = Workspace::new(None);
    workspace.write("main.tf", "resource \"terraform_data\" \"a\" {}\n");
    workspace.rforge(&["plan", "-out=saved"]).expect(0, "plan");
    let plan = fs::read(workspace.path().join("saved")).unwrap();
    assert!(saved::decode(&plan).is_ok());
    for bit in 0..plan.len() * 8 {
        let mut damaged = plan.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(saved::decode(&damaged).is_err(), "bit {bit}");
    }
}

#[test]
fn plan_files() {
    let files = plans();
    each("plan files", mutations(7, files, JSON), |input| {
        // With a checksum that is right: what is in the file may be wrong in any way all the same.
        if let Ok(plan) = saved::decode(&saved::seal(input)) {
            drop(saved::encode(&plan));
        }
    });
}

/// What plan files of today hold below their header: a plan that creates, and one that does everything else.
fn plans() -> Vec<Vec<u8>> {
    let workspace = Workspace::new(None);
    let body = |main: &str| {
        workspace.write("main.tf", main);
        workspace.rforge(&["plan", "-out=saved"]).expect(0, "plan");
        let plan = fs::read(workspace.path().join("saved")).unwrap();
        let header = plan.iter().position(|it| *it == b'\n').unwrap();
        let body = plan[header + 1..].to_vec();
        assert!(saved::decode(&saved::seal(&body)).is_ok());
        body
    };
    let before = r#"
        variable "secret" {
          default   = "x"
          sensitive = true
        }
        resource "terraform_data" "a" {
          count            = 2
          input            = { list = [1, "two", null], secret = var.secret, index = count.index }
          triggers_replace = "old"
        }
        resource "terraform_data" "b" {
          for_each = toset(["x", "y"])
          input    = terraform_data.a[0].id
        }
        output "o" {
          value = [for it in terraform_data.b : it.output]
        }
    "#;
    let create = body(before);
    workspace.rforge(&["apply", "-auto-approve"]).expect(0, "apply");
    let after = before
        .replace("\"old\"", "\"new\"")
        .replace(r#"["x", "y"]"#, r#"["y", "z"]"#)
        .replace("count.index }", "-1 }")
        .replace(
            r#"resource "terraform_data" "b""#,
            r#"moved {
          from = terraform_data.b
          to   = terraform_data.c
        }
        check "c" {
          assert {
            condition     = length(terraform_data.c) > 2
            error_message = "too few"
          }
        }
        resource "terraform_data" "c""#,
        )
        .replace("in terraform_data.b", "in terraform_data.c");
    vec![create, body(&after)]
}

/// What makes much out of little gets a diagnostic, if it has no value of ordinary size.
#[test]
fn bombs() {
    let nested = |open: &str, close: &str, depth: usize| open.repeat(depth) + "1" + &close.repeat(depth);
    let doubled = |step: &str, start: &str| {
        (0..30).fold(start.to_owned(), |inner, _| format!("[for x in [{inner}] : {step}][0]"))
    };
    let cases = [
        nested("(", ")", 50_000),
        nested("[", "]", 50_000),
        nested("{a=", "}", 50_000),
        nested("\"${", "}\"", 20_000),
        nested("length([", "])", 50_000),
        nested("-", "", 100_000),
        nested("true ? ", " : 2", 20_000),
        nested("<<A\n${", "}\nA\n", 2_000),
        "range(1e12)".into(),
        "range(0, 1, 1e-30)".into(),
        "format(\"%1000000000d\", 1)".into(),
        "format(\"%.1000000000f\", 1)".into(),
        "format(\"%*d\", 1000000000, 1)".into(),
        "indent(1e12, \"\\n\")".into(),
        "indent(1000000, join(\"\", [for x in range(1000) : \"\\n\"]))".into(),
        doubled("[x, x]", "1"),
        doubled("{a = x, b = x}", "1"),
        doubled("\"${x}${x}\"", "\"ab\""),
        doubled("concat(x, x)", "[1]"),
        doubled("join(\"\", [x, x])", "\"ab\""),
        "replace(join(\"\", [for x in range(1000) : \"abcdefghij\"]), \"/(.)/\", join(\"\", [for x in range(1000) : \"$1$1\"]))".into(),
        doubled("format(\"%s%s\", x, x)", "\"ab\""),
        doubled("jsonencode([x, x])", "\"ab\""),
        doubled("flatten([x, x])", "[1]"),
        doubled("setproduct(x, x)", "[1, 2]"),
        "setproduct([for x in range(10) : range(1000)]...)".into(),
        "[for a in range(1024) : [for b in range(1024) : [for c in range(1024) : [a, b, c]]]]".into(),
        "length([for a in range(1024) : length([for b in range(1024) : length([for c in range(1024) : 1])])])".into(),
        "\"%{ for a in range(1024) }%{ for b in range(1024) }%{ for c in range(1024) }xy%{ endfor }%{ endfor }%{ endfor }\"".into(),
        "cidrsubnets(\"::/0\", [for x in range(1024) : 32]...)".into(),
        "pow(10, 1e300)".into(),
        "1e999999999".into(),
        "tonumber(\"1e999999999\")".into(),
        "jsondecode(\"1e999999999\")".into(),
        "yamldecode(\"1e999999999\")".into(),
        "jsondecode(join(\"\", [for x in range(1000) : \"[\"]))".into(),
        format!("jsondecode(\"{}\")", "[".repeat(100_000)),
        format!("yamldecode(\"{}\")", "[".repeat(20_000)),
        format!("yamldecode(\"{}\")", "- ".repeat(20_000)),
        "regex(\"(((((a{1000}){1000}){1000}){1000}){1000})\", \"a\")".into(),
        "regexall(\"(a*)*b\", \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\")".into(),
        format!("regex(\"{}{}\", \"a\")", "(".repeat(20_000), ")".repeat(20_000)),
        "fileset(\"files\", \"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}\")".into(),
        "fileset(\"files\", \"**/**/**/**/**/**/**/**/**/**/**/**/**/**/**/x\")".into(),
        laughs(),
        "bcrypt(\"a\", 31 + 1)".into(),
        "split(\"\", join(\"\", [for x in range(1000) : join(\"\", [for y in range(1000) : \"abcdefgh\"])]))".into(),
        "chunklist(range(1000), 0.1)".into(),
        "1 % 1e-300".into(),
        "1e4000 % 3".into(),
        "parseint(join(\"\", [for x in range(1000) : join(\"\", [for y in range(100) : \"9\"])]), 10)".into(),
        "formatlist(\"%1000000s\", range(1000))".into(),
        "format(\"%.100000e|%.70000d|%.70000g\", 1/3, 1, 1e70000)".into(),
        "format(\"%.1000000f\", 1e-99999)".into(),
        "provider::terraform::encode_tfvars({join(\"\", [for x in range(1000) : join(\"\", [for y in range(100) : \"k\"])]) = 1})".into(),
        "bcrypt(\"a\", 31)".into(),
        "setintersection(flatten([for a in range(100) : [for b in range(1000) : a * 1000 + b]]), flatten([for a in range(100) : [for b in range(1000) : a * 1000 + b]]))".into(),
        "matchkeys(flatten([for a in range(100) : range(1000)]), flatten([for a in range(100) : range(1000)]), flatten([for a in range(100) : [for b in range(1000) : b + 0.5]]))".into(),
        "[for xs in [flatten([for a in range(100) : range(1000)])] : [for a in range(10000) : contains(xs, -1)]]".into(),
        "[for xs in [flatten([for a in range(100) : range(1000)])] : [for a in range(10000) : xs[*].b]]".into(),
        "1e99999 % 1e-99999".into(),
    ];
    each("bombs", cases.into_iter().map(String::into_bytes), |input| evaluated(&String::from_utf8_lossy(input)));
}

/// A YAML document of aliases of aliases.
fn laughs() -> String {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\\n");
    for level in 1..20 {
        let before = format!("*a{}", level - 1);
        text += &format!("a{level}: &a{level} [{}]\\n", [before.as_str(); 10].join(", "));
    }
    format!("jsonencode(yamldecode(\"{text}\"))")
}
