use super::*;
use crate::{
    lang::load::{
        Files, LoadOptions, load_from,
        tests::{messages, sound},
    },
    value::to_json,
};
use std::path::Path;

/// Values of root variables, given from everywhere.
#[test]
fn later_places_win() {
    let text = r#"
        variable "a" { type = string }
        variable "b" { default = "default" }
        variable "c" { type = list(number) }
        variable "d" { type = number }
        variable "e" { type = any }
        variable "f" {}
        variable "g" {
          type     = string
          nullable = false
          default  = "g"
        }
        variable "h" { type = object({ x = optional(string, "x"), y = optional(list(object({ z = optional(number, 1) })), [{}]) }) }
        variable "j" { type = map(bool) }
-- terraform.tfvars --
        a = "file"
        b = "file"
        g = null
        h = {}
-- terraform.tfvars.json --
        {"b": "json", "j": {"k": "true"}}
-- z.auto.tfvars --
        b = "auto z"
-- y.auto.tfvars --
        b = "auto y"
-- given.tfvars --
        d = 1
-- unused.tfvars --
        a = "unused"
    "#;
    let files = files(text);
    let (mut configuration, diagnostics) = load_from(&files, Path::new("."), &LoadOptions::default());
    assert!(diagnostics.is_empty());
    let environment =
        [("TF_VAR_a", "env"), ("TF_VAR_c", "[1, \"2\"]"), ("TF_VAR_e", "{ k = true }"), ("TF_VAR_nope", "x")];
    let command_line = [
        Assignment::Variable("d=2".into()),
        Assignment::File("given.tfvars".into()),
        Assignment::Variable("f=[1]".into()),
    ];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (given, diagnostics) = collect(&mut configuration, &files, Path::new(""), environment, &command_line);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let (values, diagnostics) = root_values(&mut configuration, &given);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let found: Vec<String> = values.iter().map(|(name, value)| format!("{name} = {}", to_json(value))).collect();
    assert_eq!(
        found,
        [
            r#"a = "file""#,
            r#"b = "auto z""#,
            "c = [1,2]",
            "d = 1",
            r#"e = {"k":true}"#,
            r#"f = "[1]""#,
            r#"g = "g""#,
            r#"h = {"x":"x","y":[{"z":1}]}"#,
            r#"j = {"k":true}"#,
        ]
    );
}

fn files(text: &str) -> Files {
    let mut files = BTreeMap::new();
    let mut parts = text.split("\n-- ");
    files.insert("main.tf".into(), parts.next().unwrap_or_default().as_bytes().into());
    for part in parts {
        let (name, content) = part.split_once(" --\n").unwrap();
        files.insert(name.into(), content.as_bytes().into());
    }
    Files::saved(files)
}

/// Each case: variables, a `.tfvars` file, the command line, and what starts each message.
#[test]
fn wrong_values_are_reported() {
    type Case<'a> = (&'a str, &'a str, &'a [&'a str], &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        (
            "variable \"x\" {}",
            "",
            &[],
            &[
                "main.tf:1,1-13: No value for required variable: The root module input variable \"x\" is not set, and has no default value. Use a -var or -var-file command line argument to provide a value for this variable.",
            ],
        ),
        (
            "variable \"x\" { type = number }",
            "x = \"secret\"",
            &[],
            &[
                "terraform.tfvars:1,5-13: Invalid value for input variable: The given value is not suitable for var.x declared at main.tf:1,1-13: a number is required.",
            ],
        ),
        (
            "variable \"x\" { type = number }",
            "",
            &["x=secret"],
            &[
                "main.tf:1,1-13: Invalid value for input variable: Unsuitable value for var.x set using -var=\"x=...\": a number is required.",
            ],
        ),
        (
            "variable \"xa\" { default = 1 }",
            "a = 1\nb = 2\nc = 3",
            &["xb=1", "nonsense"],
            &[
                "terraform.tfvars:1,5-6: Value for undeclared variable: The root module does not declare a variable named \"a\" but a value was found in file \"terraform.tfvars\".",
                "terraform.tfvars:2,5-6: Value for undeclared variable",
                "Value for undeclared variable: A variable named \"xb\" was assigned on the command line, but the root module does not declare a variable of that name. To use this value, add a \"variable\" block to the configuration. Did you mean \"xa\"?",
                "Invalid -var option",
                "Values for undeclared variables: In addition to the other similar warnings shown, 1 other variable(s) defined without being declared.",
            ],
        ),
        (
            "variable \"x\" { type = list(string) }",
            "x = [var.y, f()]\nblock {}",
            &["x=[1"],
            &[
                "terraform.tfvars:2,1-6: Unexpected \"block\" block: Blocks are not allowed here.",
                "terraform.tfvars:1,6-9: Variables not allowed",
                "terraform.tfvars:1,13-16: Function calls not allowed",
                "<value for var.x>:1,",
                "main.tf:1,1-13: No value for required variable",
            ],
        ),
        (
            "variable \"x\" {\n type = string\n nullable = false\n}",
            "x = null",
            &[],
            &["terraform.tfvars:1,5-9: Required variable not set: The variable \"x\" is required, but is not set."],
        ),
    ];
    for (text, tfvars, command_line, expected) in cases {
        let files = files(&format!("{text}\n-- terraform.tfvars --\n{tfvars}"));
        let (mut configuration, _) = load_from(&files, Path::new("."), &LoadOptions::default());
        let command_line: Vec<Assignment> =
            command_line.iter().map(|it| Assignment::Variable((*it).to_owned())).collect();
        let (given, mut diagnostics) = collect(&mut configuration, &files, Path::new(""), [], &command_line);
        diagnostics.extend(root_values(&mut configuration, &given).1);
        let found = messages(&configuration, &diagnostics);
        let matches =
            found.len() == expected.len() && found.iter().zip(*expected).all(|(it, start)| it.starts_with(start));
        assert!(matches, "{text}\n{tfvars}\nfound: {found:#?}");
    }
}

#[test]
fn marks_are_those_of_the_block() {
    let configuration = sound("variable \"s\" {\n sensitive = true\n ephemeral = true\n}");
    let variable = &configuration.root().variables["s"];
    let value = prepare(variable, Some(Value::string("x")), &Origin::Internal, &configuration.sources).unwrap();
    assert_eq!(value.marks, Marks::SENSITIVE.with(Marks::EPHEMERAL));
}

/// What Terraform 1.11.4 made of these defaults.
#[test]
fn defaults_of_optional_attributes_go_down() {
    let cases = [
        (
            "object({ n = string, p = optional(list(object({ from = number, to = optional(number) })), []), m = \
             optional(map(string), {}), z = optional(object({ e = optional(bool, true), f = optional(string) }), {}) })",
            "{ n = \"x\", p = [{ from = 1 }] }",
            r#"{"m":{},"n":"x","p":[{"from":1,"to":null}],"z":{"e":true,"f":null}}"#,
        ),
        ("list(any)", "[1, \"a\"]", r#"["1","a"]"#),
        (
            "map(object({ a = optional(string, \"d\") }))",
            "{ x = {}, y = { a = \"q\" } }",
            r#"{"x":{"a":"d"},"y":{"a":"q"}}"#,
        ),
        ("tuple([string, number])", "[1, \"2\"]", r#"["1",2]"#),
        ("set(object({ a = optional(number, 5) }))", "[{}, { a = 1 }]", r#"[{"a":1},{"a":5}]"#),
    ];
    for (ty, default, expected) in cases {
        let mut configuration = sound(&format!("variable \"x\" {{\n type = {ty}\n default = {default}\n}}"));
        let (values, diagnostics) = root_values(&mut configuration, &BTreeMap::new());
        assert!(diagnostics.is_empty(), "{ty}");
        assert_eq!(to_json(&values["x"]).to_string(), expected, "{ty}");
    }
}
