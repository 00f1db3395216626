use crate::{
    diagnostic::{Diagnostic, Diagnostics, FileId},
    lang::{
        evaluate::{FolderEntry, Scope, Step, evaluate},
        syntax::{parse_expression, tree::Identifier},
    },
    value::{Marks, Type, Value, to_json},
};
use std::{
    io,
    path::{Component, Path},
    sync::Arc,
};

/// The folder that the recorded expressions were evaluated beside.
const FILES: [(&str, &[u8]); 10] = [
    ("files/a.txt", b"hello\n"),
    ("files/b.md", b"# x\n"),
    ("files/bad.tmpl", b"a ${name"),
    ("files/bin", b"\xff\xfe"),
    ("files/d/a.txt", b"a"),
    ("files/d/e/f.txt", b"e"),
    ("files/d/z.txt", b"z"),
    ("files/one.tmpl", b"${name}"),
    ("files/self.tmpl", b"${templatefile(\"files/self.tmpl\",{})}"),
    ("files/t.tmpl", b"Hi ${name}!\n%{ for x in list ~}\n- ${x}\n%{ endfor ~}\n"),
];

struct Folder;

/// The path below the folder, with a slash at its end unless it is the folder itself.
fn below(path: &Path) -> String {
    path.components().filter(|it| *it != Component::CurDir).map(|it| format!("{}/", it.as_os_str().display())).collect()
}

impl Scope for Folder {
    fn resolve(&self, root: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        let value = match &*root.text {
            "text" => Value::unknown(Type::String),
            "list" => Value::unknown(Type::list(Type::String)),
            "any" => Value::unknown(Type::Any),
            "secret" => Value::string("s").marked(Marks::SENSITIVE),
            _ => return Err(Box::new(Diagnostic::error("Invalid reference", root.text.to_string()))),
        };
        Ok((value, 0))
    }
    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let path = below(path);
        if FILES.iter().any(|(name, _)| name.starts_with(&path)) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let found = FILES.iter().find(|(name, _)| Some(*name) == path.strip_suffix('/'));
        found.map(|(_, content)| (*content).into()).ok_or(io::ErrorKind::NotFound.into())
    }
    fn read_folder(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        let folder = below(path);
        let mut entries: Vec<FolderEntry> = Vec::new();
        for rest in FILES.iter().filter_map(|(name, _)| name.strip_prefix(&folder)) {
            let name = rest.split('/').next().unwrap_or_default();
            if entries.iter().all(|it| it.name != name) {
                entries.push(FolderEntry { name: name.to_owned(), is_folder: rest.contains('/') });
            }
        }
        Ok(entries)
    }
    fn timestamp(&self) -> Value {
        Value::string("2025-04-05T06:07:08Z")
    }
    fn plan_timestamp(&self) -> Value {
        Value::string("2025-04-05T06:07:08Z")
    }
}

fn evaluated(text: &str) -> (Value, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let expression = parse_expression(text, FileId(0), &mut diagnostics);
    let value = evaluate(&expression, &Folder, &mut diagnostics);
    (value, diagnostics)
}

/// Result and type, or summary and detail of the error, as the recording has them.
fn outcome(text: &str) -> [String; 2] {
    let (value, diagnostics) = evaluated(text);
    match diagnostics.into_iter().next() {
        Some(error) => [format!("error {}", error.summary), error.detail],
        None => [to_json(&value).to_string(), value.ty().to_string().replace(' ', "").replace("any", "dynamic")],
    }
}

/// Where Terraform's detail shows what it is written in (Go's regular expressions, panics), or ours says more.
const WORDED_DIFFERENTLY: [&str; 12] = [
    "signum(1.5)",
    r#"replace("abc","/[/","-")"#,
    r#"regex("(","ab")"#,
    r#"yamldecode("a: b: c")"#,
    r#"uuidv5("tickets","a")"#,
    r#"templatefile("files/bad.tmpl",{name="x"})"#,
    r#"jsondecode("[1] x")"#,
    r#"jsondecode("{a}")"#,
    "log(-1,2)",
    "pow(-8,0.5)",
    "cidrsubnet(\"10.0.0.0/8\",8,9223372036854775808)",
    r#"textencodebase64("é","utf8x")"#,
];

#[test]
fn give_what_terraform_gives() {
    for case in include_str!("tests/recorded.txt").split("\n--- ").skip(1) {
        let mut lines = case.lines();
        let text = lines.next().expect("an expression");
        let expected = [lines.next().unwrap_or_default(), lines.next().unwrap_or_default()];
        let found = outcome(text);
        if WORDED_DIFFERENTLY.contains(&text) {
            assert_eq!(found[0], expected[0], "{text}");
        } else {
            assert_eq!(found, expected, "{text}");
        }
    }
}

/// Type and marks of results out of arguments that are unknown, hold something unknown, or are sensitive.
#[test]
fn unknown_and_sensitive_arguments() {
    let cases = [
        ("upper(text)", "unknown string"),
        ("join(\",\", [text, \"a\"])", "unknown string"),
        ("join(\",\", list)", "unknown string"),
        ("keys({a = text})", "tuple([string])"),
        ("values({a = text})", "tuple([string])"),
        ("flatten([[text], list])", "unknown any"),
        ("flatten([[text]])", "tuple([string])"),
        ("contains([text, \"a\"], \"a\")", "bool"),
        ("contains([text], \"a\")", "unknown bool"),
        ("coalesce(text, \"a\")", "unknown string"),
        ("coalesce(\"a\", text)", "string"),
        ("compact([text])", "unknown list(string)"),
        ("setunion([text], [\"a\"])", "unknown set(string)"),
        ("zipmap([\"a\"], [text])", "object({a=string})"),
        ("zipmap([text], [\"a\"])", "unknown any"),
        ("one([text])", "unknown string"),
        ("one(list)", "unknown string"),
        ("slice([text, 1], 0, 1)", "tuple([string])"),
        ("templatefile(\"files/one.tmpl\", {name = text})", "unknown string"),
        ("yamlencode({a = text})", "unknown string"),
        ("jsondecode(text)", "unknown any"),
        ("range(any)", "unknown list(number)"),
        ("alltrue([false, any])", "bool"),
        ("alltrue([any, false])", "unknown bool"),
        ("anytrue([any, true])", "bool"),
        ("issensitive(text)", "unknown bool"),
        ("upper(secret)", "string sensitive"),
        ("join(\",\", [secret])", "string sensitive"),
        ("values({a = secret})", "tuple([string])"),
        ("flatten([[secret]])", "tuple([string])"),
        ("coalesce(secret, \"a\")", "string sensitive"),
        ("templatefile(\"files/one.tmpl\", {name = secret})", "string sensitive"),
        ("regexall(\"x\", secret)", "list(string) sensitive"),
        ("nonsensitive(secret)", "string"),
        ("issensitive(secret)", "bool"),
    ];
    for (text, expected) in cases {
        let (value, diagnostics) = evaluated(text);
        assert_eq!(diagnostics, [], "{text}");
        let known = if value.is_known() { "" } else { "unknown " };
        let marks = if value.is_sensitive() { " sensitive" } else { "" };
        assert_eq!(format!("{known}{}{marks}", value.ty()), expected, "{text}");
    }
}

/// What differs at each call is not known while planning.
#[test]
fn changing_functions_wait_for_apply() {
    struct Planning;
    impl Scope for Planning {
        fn resolve(&self, _: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
            Err(Box::new(Diagnostic::error("Invalid reference", "")))
        }
        fn read_file(&self, _: &Path) -> io::Result<Arc<[u8]>> {
            Err(io::ErrorKind::NotFound.into())
        }
        fn timestamp(&self) -> Value {
            Value::unknown_not_null(Type::String)
        }
        fn plan_timestamp(&self) -> Value {
            Value::string("2025-04-05T06:07:08Z")
        }
    }
    for (text, known) in [
        ("timestamp()", false),
        ("uuid()", false),
        ("bcrypt(\"a\")", false),
        ("plantimestamp()", true),
        ("formatdate(\"YYYY\", timestamp())", false),
        ("uuidv5(\"dns\", \"a\")", true),
    ] {
        let mut diagnostics = Diagnostics::new();
        let expression = parse_expression(text, FileId(0), &mut diagnostics);
        let value = evaluate(&expression, &Planning, &mut diagnostics);
        assert_eq!(diagnostics, [], "{text}");
        assert_eq!(value.is_known(), known, "{text}");
    }
}
