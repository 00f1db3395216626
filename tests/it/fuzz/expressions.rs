//! Expressions that parse, made of every construct and every function.

use super::random::Random;
use rforge::expression::functions;

/// Simple values: of each type, at the edges, unknown and marked.
const SIMPLE: &[&str] = &[
    "1",
    "-1",
    "0",
    "0.5",
    "1e30",
    "1e-30",
    "9223372036854775808",
    "\"\"",
    "\"a\"",
    "\"é\u{301}\"",
    "\"10.0.0.0/8\"",
    "\"a,b\"",
    "\"2020-01-01T00:00:00Z\"",
    "\"%s %d\"",
    "\"/(a)/\"",
    "true",
    "false",
    "null",
    "[]",
    "{}",
    "[1, \"a\"]",
    "{a = 1}",
    "tolist([\"b\", \"a\"])",
    "toset([1, 2])",
    "tomap({a = \"x\"})",
    "local.u",
    "local.s",
    "local.n",
    "local.b",
    "local.l",
    "local.m",
    "local.set",
    "local.ul",
    "var.secret",
    "var.secrets",
    "var.token",
    "tostring(null)",
    "tolist([])",
    "\"files/a.txt\"",
    "{a = local.u}",
    "[local.s]",
    "{(local.s) = 1}",
    "sensitive([1, {a = 2}])",
];

const BINARY: &[&str] = &["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"];

/// Functions that cost seconds on purpose.
const SLOW: &[&str] = &["bcrypt"];

/// An expression no deeper than `depth`.
pub(super) fn expression(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return (*random.one_of(SIMPLE)).to_owned();
    }
    let kind = random.below(14);
    let mut inner = || expression(random, depth - 1);
    match kind {
        0 => format!("({})", inner()),
        1 => format!("[{}, {}]", inner(), inner()),
        2 => format!("{{a = {}, (\"b\") = {}}}", inner(), inner()),
        3 => format!("({})[{}]", inner(), inner()),
        4 => format!("({}).a", inner()),
        5 => format!("({})[*].a", inner()),
        6 => format!("({} ? {} : {})", inner(), inner(), inner()),
        7 => format!("[for k, v in {} : {} if k != {}]", inner(), inner(), inner()),
        8 => format!("{{for k, v in {} : k => [v, {}]...}}", inner(), inner()),
        9 => format!("\"a${{{}}}%{{ if {} }}b%{{ else }}${{{}~}} %{{ endif }}\"", inner(), inner(), inner()),
        10 => format!("!({})", inner()),
        11 => {
            let (left, right) = (inner(), inner());
            format!("({left} {} {right})", random.one_of(BINARY))
        }
        _ => call(random, depth - 1),
    }
}

fn call(random: &mut Random, depth: usize) -> String {
    let mut names: Vec<&str> = functions::names().filter(|it| !SLOW.contains(it)).collect();
    names.extend(["can", "try"]);
    names.sort_unstable();
    let name = *random.one_of(&names);
    let parameters = functions::function(name).map_or(1, |it| it.parameters.len() + it.variadic.iter().count());
    let count = if random.below(10) == 0 { random.below(4) } else { parameters };
    let arguments: Vec<String> = (0..count).map(|_| expression(random, depth)).collect();
    let expand = if count > 0 && random.below(10) == 0 { "..." } else { "" };
    format!("{name}({}{expand})", arguments.join(", "))
}
