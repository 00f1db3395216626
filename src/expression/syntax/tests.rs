use super::{parse, parse_expression, parse_template, tree::*};
use crate::{
    diagnostic::{Diagnostics, FileId, Span},
    value::Data,
};

fn summaries(text: &str) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    parse(text, FileId(0), &mut diagnostics);
    diagnostics.into_iter().map(|it| it.summary).collect()
}

/// Where our first error has another name than Terraform's, because it can say more.
const NAMED_DIFFERENTLY: [(&str, &str); 3] = [
    ("Missing expression", "Unterminated object constructor expression"),
    ("Invalid expression", "Invalid character"),
    ("Argument or block definition required", "Unterminated comment"),
];

#[test]
fn accepts_and_rejects_what_terraform_does() {
    for case in include_str!("tests/cases.txt").split("\n--- ").skip(1) {
        let (verdict, text) = case.split_once('\n').expect("a verdict, then a text");
        let found = summaries(&format!("{text}\n"));
        let Some(expected) = verdict.strip_prefix("rejected ") else {
            assert!(found.is_empty(), "Terraform accepts this, we say {found:?}:\n{text}");
            continue;
        };
        let expected = expected.split(" | ").next().unwrap_or_default();
        let Some(first) = found.first() else { panic!("Terraform rejects this ({expected}):\n{text}") };
        let agreed = first == expected || NAMED_DIFFERENTLY.contains(&(expected, first));
        assert!(agreed, "Terraform says {expected}, we say {found:?}:\n{text}");
    }
}

/// The tree in a compact notation, with every pair of operator and operands in parentheses.
pub(super) fn show(expression: &Expression) -> String {
    let list = |items: &[Expression]| items.iter().map(show).collect::<Vec<_>>().join(" ");
    match &*expression.kind {
        ExpressionKind::Literal(value) => match &value.data {
            Data::String(text) => format!("{text:?}"),
            Data::Number(number) => number.to_string(),
            Data::Bool(value) => value.to_string(),
            _ => "null".into(),
        },
        ExpressionKind::Template(template) => format!("`{}`", show_template(template)),
        ExpressionKind::Name(name) => name.to_string(),
        ExpressionKind::Attribute(source, name) => format!("{}.{}", show(source), name.text),
        ExpressionKind::Index(source, key) => format!("{}[{}]", show(source), show(key)),
        ExpressionKind::Splat(splat) => format!("(splat {} {})", show(&splat.source), show(&splat.each)),
        ExpressionKind::Call(call) => {
            let expand = if call.expand { "..." } else { "" };
            format!("({}! {}{expand})", call.name.text, list(&call.arguments))
        }
        ExpressionKind::Unary(operator, inner) => format!("({operator:?} {})", show(inner)),
        ExpressionKind::Binary(operator, left, right) => format!("({operator:?} {} {})", show(left), show(right)),
        ExpressionKind::Conditional(condition, then, otherwise) => {
            format!("(if {} {} {})", show(condition), show(then), show(otherwise))
        }
        ExpressionKind::Tuple(items) => format!("[{}]", list(items)),
        ExpressionKind::Object(items) => {
            let items: Vec<_> = items.iter().map(|it| format!("{}={}", show(&it.key), show(&it.value))).collect();
            format!("{{{}}}", items.join(" "))
        }
        ExpressionKind::For(it) => {
            let key_name = it.key_name.as_ref().map_or(String::new(), |name| format!("{} ", name.text));
            let key = it.key.as_ref().map_or(String::new(), |key| format!("{} => ", show(key)));
            let group = if it.group { "..." } else { "" };
            let condition = it.condition.as_ref().map_or(String::new(), |it| format!(" if {}", show(it)));
            let (name, collection) = (&it.value_name.text, show(&it.collection));
            format!("(for {key_name}{name} {collection}: {key}{}{group}{condition})", show(&it.value))
        }
        ExpressionKind::Parentheses(inner) => format!("({})", show(inner)),
        ExpressionKind::Invalid => "INVALID".into(),
    }
}

fn show_template(template: &Template) -> String {
    let part = |part: &TemplatePart| match part {
        TemplatePart::Literal(text, _) => format!("{text:?}"),
        TemplatePart::Interpolation(expression) => format!("${{{}}}", show(expression)),
        TemplatePart::If { condition, then, otherwise, .. } => {
            let otherwise = otherwise.as_ref().map_or(String::new(), |it| format!(" else {}", show_template(it)));
            format!("%if {} {}{otherwise} %end", show(condition), show_template(then))
        }
        TemplatePart::For { key_name, value_name, collection, body, .. } => {
            let key = key_name.as_ref().map_or(String::new(), |name| format!("{} ", name.text));
            format!("%for {key}{} {} {} %end", value_name.text, show(collection), show_template(body))
        }
    };
    template.parts.iter().map(part).collect::<Vec<_>>().join(" ")
}

#[test]
fn expressions_have_the_shape_they_should() {
    let cases = [
        ("1 + 2 * 3 - 4", "(Subtract (Add 1 (Multiply 2 3)) 4)"),
        ("a || b && c == d < e + f * g", "(Or a (And b (Equal c (Less d (Add e (Multiply f g))))))"),
        ("a - b - c % d / e", "(Subtract (Subtract a b) (Divide (Remainder c d) e))"),
        ("-a.b + !c[0]", "(Add (Negate a.b) (Not c[0]))"),
        ("a != b ? c : d >= e ? f : g", "(if (NotEqual a b) c (if (GreaterOrEqual d e) f g))"),
        ("(a\n+ b) * c", "(Multiply ((Add a b)) c)"),
        ("a-b - c", "(Subtract a-b c)"),
        ("a.0.b.12", "a[0].b[12]"),
        ("a.*.b.0.c[1].d", "(splat a *.b[0].c)[1].d"),
        ("a[*].b[0].c", "(splat a *.b[0].c)"),
        ("a[*].b[*].c", "(splat a (splat *.b *.c))"),
        ("f(a, g(b)...)", "(f! a (g! b)...)"),
        ("provider::x::f(1,)", "(provider::x::f! 1)"),
        ("true ? null : 1e3", "(if true null 1000)"),
        ("{a = 1, true : 2, (b) = 3, \"c\" = 4, 5 = 6}", "{\"a\"=1 \"true\"=2 (b)=3 \"c\"=4 5=6}"),
        ("{a = 1\n\nb-c = 2, \n}", "{\"a\"=1 \"b-c\"=2}"),
        ("[for k, v in m : k if v]", "(for k v m: k if v)"),
        ("{for v in m : v.a => v.b...}", "(for v m: v.a => v.b...)"),
        ("\"\"", "\"\""),
        (r#""a\n\"\\\té\U0001F600$${b}%%{c}$d%""#, "\"a\\n\\\"\\\\\\té😀${b}%{c}$d%\""),
        ("\"e\u{301}\"", "\"é\""),
        ("\"${a}\"", "`${a}`"),
        ("\"${a ~} \"", "`${a} \"\"`"),
        ("\"a ${~ b ~} c\"", "`\"a\" ${b} \"c\"`"),
        ("\"x$${a}${\"${b}\"}\"", "`\"x${a}\" ${`${b}`}`"),
        ("\"%{ if a }b%{ else }c%{ endif }d\"", "`%if a \"b\" else \"c\" %end \"d\"`"),
        ("\"%{ for k, v in m ~} ${k} %{~ endfor }\"", "`%for k v m \"\" ${k} \"\" %end`"),
        ("\"%{if a}%{if b}x%{endif}%{for c in d}%{endfor}%{endif}\"", "`%if a %if b \"x\" %end %for c d  %end %end`"),
        ("<<A\nb\\n\n  $${c}\n  A\n", "\"b\\\\n\\n  ${c}\\n\""),
        ("<<A\nA\n", "\"\""),
        ("<<A\r\nb\r\nA\r\n", "\"b\\r\\n\""),
        ("<<-A\n    b\n\n  c ${d}\n      e\n  A\n", "`\"  b\\n\\nc \" ${d} \"\\n    e\\n\"`"),
        ("<<-A\n    ${b}\n  ${c} d\n  A\n", "`\"  \" ${b} \"\\n\" ${c} \" d\\n\"`"),
        ("<<-A\n    b\n${c}\n  A\n", "`\"    b\\n\" ${c} \"\\n\"`"),
        ("<<A\n%{ for x in y ~}\n  ${x}\n%{ endfor ~}\nA\n", "`%for x y \"  \" ${x} \"\\n\" %end \"\"`"),
        ("<<A\na\n  ${~ b ~}  \n  c\nA\n", "`\"a\\n\" ${b} \"  c\\n\"`"),
    ];
    for (text, expected) in cases {
        let mut diagnostics = Diagnostics::new();
        let expression = parse_expression(text, FileId(0), &mut diagnostics);
        assert_eq!(diagnostics, [], "{text}");
        assert_eq!(show(&expression), expected, "{text}");
    }
}

#[test]
fn bare_templates() {
    let cases = [
        ("", ""),
        ("a\nb $${c} $ % \"d\" \\n\n", "\"a\\nb ${c} $ % \\\"d\\\" \\\\n\\n\""),
        ("a ${b}\n%{ if c ~}\n d\n%{ endif }e", "\"a \" ${b} \"\\n\" %if c \" d\\n\" %end \"e\""),
    ];
    for (text, expected) in cases {
        let mut diagnostics = Diagnostics::new();
        let template = parse_template(text, FileId(0), &mut diagnostics);
        assert_eq!(diagnostics, [], "{text}");
        assert_eq!(show_template(&template), expected, "{text}");
    }
}

#[test]
fn bodies_and_spans() {
    let text = "\u{feff}# x\r\nresource \"a\" b {\r\n  c = [1, 2] # d\r\n  e { f = \"g\" }\r\n}\r\n";
    let mut diagnostics = Diagnostics::new();
    let body = parse(text, FileId(7), &mut diagnostics);
    assert_eq!(diagnostics, []);
    let under = |span: Span| &text[span.start as usize..span.end as usize];
    let block = &body.blocks[0];
    assert_eq!(under(block.header), "resource \"a\" b");
    assert_eq!(
        block.labels.iter().map(|it| (&*it.text, under(it.span))).collect::<Vec<_>>(),
        [("a", "\"a\""), ("b", "b")]
    );
    assert_eq!(under(block.span), "resource \"a\" b {\r\n  c = [1, 2] # d\r\n  e { f = \"g\" }\r\n}");
    assert_eq!(under(block.body.attributes[0].span), "c = [1, 2]");
    assert_eq!(under(block.body.blocks[0].body.attributes[0].value.span), "\"g\"");
    assert_eq!(block.span.file, FileId(7));
}

/// One run reports every mistake, once, and keeps what is right.
#[test]
fn recovers() {
    let cases: [(&str, &[&str], usize); 10] = [
        ("a = \nb = 1\nc = )\nd = 2\n", &["Invalid expression", "Invalid expression"], 4),
        ("a = [1 2, 3, 4 5]\nb = 1\n", &["Missing item separator", "Missing item separator"], 2),
        ("a = {\n b = 1 2\n c = )\n d = 3\n}\ne = 1\n", &["Missing attribute separator", "Invalid expression"], 2),
        (
            "a = \"${b c} ${d} ${)}\"\ne = 1\n",
            &["Extra characters after interpolation expression", "Invalid expression"],
            2,
        ),
        ("a = [1,\n  2\nb = 1\nc = 2\n", &["Missing item separator"], 3),
        ("a = f(1,\n  2\nb = 1\nc = [}]\n", &["Missing argument separator", "Invalid expression"], 3),
        ("a = \"b\nc = 1\n", &["Invalid multi-line string"], 2),
        ("a = \"${b\nc = 1\nd = 2\n", &["Extra characters after interpolation expression"], 3),
        ("a = 1 +\n  2\nb = 1\n", &["Invalid expression"], 2),
        (
            "}\na = 1\n)\nb = 2;\nc = 3\n",
            &["Argument or block definition required", "Argument or block definition required", "Invalid character"],
            3,
        ),
    ];
    for (text, expected, attributes) in cases {
        assert_eq!(summaries(text), expected, "{text}");
        let body = parse(text, FileId(0), &mut Diagnostics::new());
        assert_eq!(body.attributes.len(), attributes, "{text}");
    }
}

/// As `main` does it: on a thread with a big stack.
fn on_big_stack(run: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, run);
        thread.expect("a thread").join().expect("no panic");
    });
}

#[test]
fn deep_nesting_is_refused_not_fatal() {
    let texts = |depth: usize| {
        let repeat = |part: &str| part.repeat(depth);
        [
            format!("a = {}1{}\n", repeat("["), repeat("]")),
            format!("a = {}1{}\n", repeat("("), repeat(")")),
            format!("a = {}1{}\n", repeat("{a="), repeat("}")),
            format!("a = {}1{}\n", repeat("f("), repeat(")")),
            format!("a = {}1{}\n", repeat("\"${"), repeat("}\"")),
            format!("a = {}1\n", repeat("!")),
            format!("a = b{}\n", repeat(".c")),
            format!("a = b{}\n", repeat("[*]")),
            format!("a = 1{}\n", repeat(" + 1")),
            format!("a = {}1\n", repeat("b ? c : ")),
            format!("{}\n{}\n", repeat("a {\n"), repeat("}\n")),
            format!("a = \"{}{}\"\n", repeat("%{if b}"), repeat("%{endif}")),
        ]
    };
    on_big_stack(|| {
        for text in texts(1_000) {
            assert_eq!(summaries(&text), Vec::<String>::new());
        }
        for text in texts(100_000) {
            let found = summaries(&text);
            assert!(found.iter().any(|it| it == "Too deeply nested"), "{found:?} {}", &text[..20]);
        }
    });
}

#[test]
fn large_objects_and_unclosed_brackets_take_linear_time() {
    let items: String = (0..50_000).map(|it| format!("  key_{it} = \"value ${{var.x}}\"\n")).collect();
    assert_eq!(summaries(&format!("a = {{\n{items}}}\n")), Vec::<String>::new());
    assert_eq!(summaries(&items), Vec::<String>::new());
    on_big_stack(|| {
        let unclosed = format!("a = {}{}", "[".repeat(1_000), "1, ".repeat(300_000));
        assert!(!summaries(&unclosed).is_empty());
    });
}

mod arbitrary {
    use super::summaries;
    use proptest::prelude::*;

    const VALID: &str = include_str!("tests/cases.txt");

    proptest! {
        #[test]
        fn text_never_panics(text in "(?s).{0,200}") {
            summaries(&text);
        }

        #[test]
        fn tokens_in_any_order_never_panic(parts in proptest::collection::vec(
            prop::sample::select(vec![
                "a", "1", ".", "[", "]", "{", "}", "(", ")", "\"", "${", "%{", "~}", "<<E\n", "E\n", "\n", "=", "?", ":",
                "for", "in", "if ", "else", "endif", "endfor", ",", "...", "=>", "*", "#", "/*", "\\", "é", "'", " ",
            ]), 0..60)) {
            summaries(&parts.concat());
        }

        #[test]
        fn mutations_of_valid_text_never_panic(start in 0..VALID.len(), length in 0usize..300, cut in 0usize..300, put in ".{0,3}") {
            let text: String = VALID.chars().skip(start).take(length).collect();
            let at = text.char_indices().nth(cut).map_or(text.len(), |(at, _)| at);
            summaries(&format!("{}{put}{}", &text[..at], text[at..].chars().skip(1).collect::<String>()));
        }
    }
}

/// The recorded cases on which hcl-edit and Terraform disagree; we say what Terraform says.
const HCL_EDIT_DIFFERS: [&str; 10] = [
    "a = 1.2.3\n",
    "a = b.0.0\n",
    "a = b.1e5\n",
    "a = b.*.*.c\n",
    "a = b.*.c.*.d\n",
    "a = b[\n*]\n",
    "a = { b = 1, b = 2 }\n",
    "a = \"b\nc\"\n",
    "a = \"%{ if true ~}\nx\n%{ endif }\"\n",
    "a = { for k, v in b : k => v\n  ? 1\n  : 2 }\n",
];

#[test]
fn agrees_with_hcl_edit_where_terraform_does() {
    for case in include_str!("tests/cases.txt").split("\n--- ").skip(1) {
        let (_, text) = case.split_once('\n').expect("a verdict, then a text");
        let text = format!("{text}\n");
        let ours = summaries(&text).is_empty();
        let theirs = text.parse::<hcl_edit::structure::Body>().is_ok();
        assert_eq!(ours != theirs, HCL_EDIT_DIFFERS.contains(&text.as_str()), "{text}");
    }
}
