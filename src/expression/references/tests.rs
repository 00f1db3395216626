use super::{Subject, body_references, free_names, references};
use crate::{
    diagnostic::{Diagnostics, FileId, Span},
    expression::syntax::{parse, parse_expression, parse_template},
};

fn show(subject: &Subject, text: &str, span: Span) -> String {
    let key = |index: &Option<_>| index.as_ref().map_or(String::new(), ToString::to_string);
    let source = &text[span.start as usize..span.end as usize];
    let meaning = match subject {
        Subject::Variable(name) => format!("variable {name}"),
        Subject::Local(name) => format!("local {name}"),
        Subject::Module { call, index, output } => {
            format!("module {call}{} {}", key(index), output.as_deref().unwrap_or("whole"))
        }
        Subject::Resource { mode, type_name, name, index } => {
            format!("{} {type_name}.{name}{}", mode.block(), key(index))
        }
        Subject::Each(name) => format!("each {name}"),
        Subject::Count(name) => format!("count {name}"),
        Subject::Path(name) => format!("path {name}"),
        Subject::Terraform(name) => format!("terraform {name}"),
        Subject::SelfObject => "self".into(),
    };
    format!("{meaning} @ {source}")
}

fn check(text: &str, expected: &[&str]) {
    let mut diagnostics = Diagnostics::new();
    let expression = parse_expression(text, FileId(0), &mut diagnostics);
    assert_eq!(diagnostics, [], "{text}");
    let found = references(&expression, &mut diagnostics);
    let shown: Vec<String> = found
        .iter()
        .map(|it| show(&it.subject, text, it.span))
        .chain(diagnostics.iter().map(|it| format!("{}: {}", it.summary, it.hint.as_deref().unwrap_or("-"))))
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn of_expressions() {
    let cases: [(&str, &[&str]); 28] = [
        ("1", &[]),
        ("var.a.b[0]", &["variable a @ var.a"]),
        ("local.a", &["local a @ local.a"]),
        ("each.value.x + count.index", &["each value @ each.value", "count index @ count.index"]),
        (
            "\"${path.module}/x-${terraform.workspace}\"",
            &["path module @ path.module", "terraform workspace @ terraform.workspace"],
        ),
        ("self.id", &["self @ self"]),
        ("module.m", &["module m whole @ module.m"]),
        ("module.m.out.x", &["module m out @ module.m.out"]),
        ("module.m[0].out", &["module m[0] out @ module.m[0].out"]),
        ("module.m[each.key].out", &["module m out @ module.m[each.key].out", "each key @ each.key"]),
        ("module.m[*].out", &["module m whole @ module.m"]),
        ("aws_vpc.a", &["resource aws_vpc.a @ aws_vpc.a"]),
        ("aws_vpc.a[\"x\"].id", &["resource aws_vpc.a[\"x\"] @ aws_vpc.a[\"x\"]"]),
        ("aws_vpc.a.0.id", &["resource aws_vpc.a[0] @ aws_vpc.a.0"]),
        ("aws_vpc.a[var.i].id", &["resource aws_vpc.a @ aws_vpc.a[var.i]", "variable i @ var.i"]),
        ("aws_vpc.a[*].id", &["resource aws_vpc.a @ aws_vpc.a"]),
        ("data.aws_ami.a.id", &["data aws_ami.a @ data.aws_ami.a"]),
        ("resource.var.a.id", &["resource var.a @ resource.var.a"]),
        ("[for k, v in var.m : \"${k}${v.x}\" if local.ok]", &["variable m @ var.m", "local ok @ local.ok"]),
        ("{for var in local.m : var.a => var.b...}", &["local m @ local.m"]),
        ("[for x in x.y : x]", &["resource x.y @ x.y"]),
        ("\"%{ for s in var.l }${s}${each.key}%{ endfor }\"", &["variable l @ var.l", "each key @ each.key"]),
        ("{ a = var.b, (local.c) = 1 }", &["variable b @ var.b", "local c @ local.c"]),
        (
            "f(var.a...)[local.b] ? -var.c : !var.d",
            &["variable a @ var.a", "local b @ local.b", "variable c @ var.c", "variable d @ var.d"],
        ),
        ("var", &["Invalid reference: -"]),
        ("hello", &["Invalid reference: For a string, write it in quotes: \"hello\"."]),
        ("vars", &["Invalid reference: Did you mean \"var\"?"]),
        (
            "[data.x, template.y, aws_vpc.a[1.5], var[0]]",
            &["Invalid reference: -", "Reserved symbol name: -", "Invalid index key: -", "Invalid reference: -"],
        ),
    ];
    for (text, expected) in cases {
        check(text, expected);
    }
}

#[test]
fn of_bodies() {
    let text = "a = var.a
dynamic \"rule\" {
  for_each = rule.of.x
  content {
    b = rule.value
    dynamic \"inner\" {
      for_each = rule.value.list
      iterator = it
      labels   = [it.key]
      content {
        c = it.value + local.c + inner.x
      }
    }
  }
}
d { e = local.e }
";
    let mut diagnostics = Diagnostics::new();
    let body = parse(text, FileId(0), &mut diagnostics);
    let found = body_references(&body, &mut diagnostics);
    assert_eq!(diagnostics, []);
    let shown: Vec<String> = found.iter().map(|it| show(&it.subject, text, it.span)).collect();
    let expected = [
        "variable a @ var.a",
        "resource rule.of @ rule.of",
        "local c @ local.c",
        "resource inner.x @ inner.x",
        "local e @ local.e",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn free_names_of_templates() {
    let text = "%{ for a in list }${a}${b.c}%{ endfor }${[for d in e : d]}";
    let template = parse_template(text, FileId(0), &mut Diagnostics::new());
    let names: Vec<_> = free_names(&template).into_iter().map(|it| it.text.to_string()).collect();
    assert_eq!(names, ["list", "b", "e"]);
}
