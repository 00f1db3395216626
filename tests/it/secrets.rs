//! One secret, planted wherever a value can stand, is in nothing that rforge prints: not in messages, not in the lines
//! of files that they show, not in URLs, not in logs, with and without -json.

use crate::workspace::{Workspace, rforge};

const SECRET: &str = "hunter2-q8sJX0z1";

const VARIABLE: &str = "variable \"s\" {\n  type      = string\n  sensitive = true\n}\n";
const NUMBER: &str = "variable \"s\" {\n  type      = number\n  sensitive = true\n}\n";
const LIST: &str = "variable \"s\" {\n  type      = list(string)\n  sensitive = true\n}\n";

/// How a command is called, with what around it, and what it has to say for the case to be one.
struct Case<'a> {
    /// SECRET stands for the secret, here and in all that follows.
    files: &'a [(&'a str, &'a str)],
    arguments: &'a [&'a str],
    variables: &'a [(&'a str, &'a str)],
    said: &'a str,
}

fn check(case: &Case<'_>) -> Option<String> {
    let fill = |text: &str| text.replace("SECRET", SECRET);
    for is_json in [false, true] {
        if is_json && !matches!(case.arguments[0], "plan" | "validate" | "apply") {
            continue;
        }
        let workspace = Workspace::new(None);
        for (name, text) in case.files {
            workspace.write(name, &fill(text));
        }
        let mut command = workspace.command(rforge());
        command.args(case.arguments.iter().map(|it| fill(it))).args(is_json.then_some("-json"));
        command.envs(case.variables.iter().map(|(name, value)| (name, fill(value))));
        let outcome = crate::process::Outcome::of(command.stdin(std::process::Stdio::null()));
        let printed = outcome.stdout + &outcome.stderr;
        // Messages are broken into lines.
        let words = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        if printed.contains(SECRET) || printed.contains("8sJX0z") || !words.contains(case.said) {
            return Some(format!("{:?}, not {:?} or the secret itself:\n{printed}", case.arguments, case.said));
        }
    }
    None
}

fn check_all(cases: &[Case<'_>]) {
    let failures: Vec<String> = cases.iter().filter_map(check).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n----\n"));
}

/// A configuration that does nothing but evaluate.
fn evaluating(expression: &str) -> String {
    format!("{VARIABLE}output \"o\" {{\n  sensitive = true\n  value     = {expression}\n}}\n")
}

#[test]
fn values_that_are_given_are_not_shown() {
    let planned = |files, said| Case { files, arguments: &["plan"], variables: &[], said };
    check_all(&[
        planned(&[("main.tf", NUMBER), ("terraform.tfvars", "s = \"SECRET\"\n")], "a number is required"),
        planned(
            &[("main.tf", NUMBER), ("a.auto.tfvars", "s = [\n  \"SECRET\",\n]\n")],
            "Invalid value for input variable",
        ),
        planned(&[("main.tf", NUMBER), ("terraform.tfvars.json", "{\"s\": \"SECRET\"}")], "a number is required"),
        planned(&[("main.tf", NUMBER), ("terraform.tfvars.json", "\"SECRET\"")], "not a JSON object"),
        planned(&[("main.tf", NUMBER), ("terraform.tfvars.json", "{\"s\": SECRET}")], "not a JSON object"),
        planned(&[("main.tf", VARIABLE), ("terraform.tfvars", "s = \"SECRET\n")], "Error: "),
        planned(&[("main.tf", VARIABLE), ("terraform.tfvars", "s = SECRET SECRET\n")], "Error: "),
        planned(
            &[("main.tf", VARIABLE), ("terraform.tfvars", "s = upper(\"SECRET\")\n")],
            "Function calls not allowed",
        ),
        planned(
            &[("main.tf", VARIABLE), ("terraform.tfvars", "s = \"a\"\nsecret = \"SECRET\"\n")],
            "Value for undeclared variable",
        ),
        planned(
            &[("main.tf", VARIABLE), ("terraform.tfvars", "s = <<EOT\nSECRET\nEOT\ns = \"x\"\n")],
            "Attribute redefined",
        ),
        Case {
            files: &[("main.tf", NUMBER)],
            arguments: &["plan", "-var", "s=SECRET"],
            variables: &[],
            said: "a number is required",
        },
        Case {
            files: &[("main.tf", NUMBER)],
            arguments: &["plan", "-var", "SECRET"],
            variables: &[],
            said: "-var option",
        },
        Case {
            files: &[("main.tf", LIST)],
            arguments: &["plan", "-var", "s=[SECRET]"],
            variables: &[],
            said: "Variables not allowed",
        },
        Case {
            files: &[("main.tf", LIST)],
            arguments: &["plan"],
            variables: &[("TF_VAR_s", "[\"SECRET\"")],
            said: "Error: ",
        },
        Case {
            files: &[("main.tf", NUMBER)],
            arguments: &["plan"],
            variables: &[("TF_VAR_s", "SECRET")],
            said: "a number is required",
        },
        Case {
            files: &[("main.tf", VARIABLE), ("other.tfvars", "s = {\n  \"SECRET\" = 1\n}\n")],
            arguments: &["plan", "-var-file=other.tfvars"],
            variables: &[],
            said: "Invalid value for input variable",
        },
    ]);
}

#[test]
fn what_a_configuration_makes_of_it_is_not_shown() {
    let rules = "variable \"s\" {\n  sensitive = true\n  validation {\n    condition     = var.s == \"x\"\n    \
                 error_message = \"It is ${var.s}.\"\n  }\n}\n";
    let each = format!("{VARIABLE}resource \"terraform_data\" \"a\" {{\n  for_each = toset([var.s])\n}}\n");
    let count = format!("{VARIABLE}resource \"terraform_data\" \"a\" {{\n  count = var.s\n}}\n");
    let condition = format!(
        "{VARIABLE}resource \"terraform_data\" \"a\" {{\n  input = var.s\n  lifecycle {{\n    precondition {{\n      \
         condition     = var.s == \"x\"\n      error_message = \"It is ${{var.s}}.\"\n    }}\n  }}\n}}\n"
    );
    let output = format!("{VARIABLE}output \"o\" {{\n  value = var.s\n}}\n");
    let time = format!("{VARIABLE}resource \"time_static\" \"a\" {{\n  rfc3339 = var.s\n}}\n");
    let key = format!("{VARIABLE}data \"tls_public_key\" \"a\" {{\n  private_key_pem = var.s\n}}\n");
    let path = format!("{VARIABLE}data \"local_file\" \"a\" {{\n  filename = \"/none/${{var.s}}/file\"\n}}\n");
    let made =
        format!("{VARIABLE}resource \"local_file\" \"a\" {{\n  content = var.s\n  filename = \"/dev/null/x\"\n}}\n");
    let run = format!(
        "{VARIABLE}resource \"terraform_data\" \"a\" {{\n  provisioner \"local-exec\" {{\n    command = \"echo $S ${{var.s}}; \
         exit 1\"\n    environment = {{ S = var.s }}\n  }}\n}}\n"
    );
    let given: &[(&str, &str)] = &[("TF_VAR_s", "SECRET")];
    let planned = |text, said| (text, "plan", said);
    let cases = [
        planned(rules, "The error message included a sensitive value"),
        planned(each.as_str(), "Invalid for_each argument"),
        planned(count.as_str(), "Incorrect value type"),
        planned(condition.as_str(), "sensitive"),
        planned(output.as_str(), "Output refers to sensitive values"),
        planned(time.as_str(), "Error: "),
        planned(key.as_str(), "Error: "),
        planned(path.as_str(), "Error: "),
        (made.as_str(), "apply", "Error: "),
        (run.as_str(), "apply", "output suppressed due to sensitive value in config"),
    ];
    for (text, command, said) in cases {
        let files = [("main.tf", text)];
        let arguments: &[&str] = if command == "apply" { &["apply", "-auto-approve"] } else { &["plan"] };
        check_all(&[Case { files: &files, arguments, variables: given, said: said_by(said) }]);
    }
}

/// With -json there is no `Error: ` in front.
fn said_by(said: &str) -> &str {
    if said == "Error: " { "rror" } else { said }
}

#[test]
fn what_functions_and_operators_say_of_it_is_not_shown() {
    let expressions = [
        "tonumber(var.s)",
        "tobool(var.s)",
        "tolist(var.s)",
        "jsondecode(var.s)",
        "jsondecode(\"{${var.s}\")",
        "yamldecode(\"[${var.s}\")",
        "csvdecode(\"a,b\\n${var.s}\\\"\")",
        "base64decode(\"*${var.s}\")",
        "base64gunzip(var.s)",
        "urldecode(\"%${var.s}\")",
        "regex(\"(${var.s}\", \"x\")",
        "regex(var.s, \"x\")",
        "regexall(\"[${var.s}\", \"x\")",
        "replace(\"x\", \"/(${var.s}/\", \"\")",
        "cidrsubnet(var.s, 1, 1)",
        "cidrhost(\"10.0.0.0/8\", var.s)",
        "cidrnetmask(var.s)",
        "parseint(var.s, 10)",
        "timeadd(var.s, \"1h\")",
        "timeadd(\"2020-01-01T00:00:00Z\", var.s)",
        "timecmp(var.s, \"2020-01-01T00:00:00Z\")",
        "formatdate(\"XQ'${var.s}\", \"2020-01-01T00:00:00Z\")",
        "format(\"%z${var.s}\", 1)",
        "format(\"%d\", var.s)",
        "formatlist(\"%d\", [var.s])",
        "file(var.s)",
        "filebase64(\"/none/${var.s}\")",
        "templatefile(var.s, {})",
        "templatestring(local.t, {})",
        "index([1], var.s)",
        "element([], var.s)",
        "lookup({}, var.s)",
        "zipmap([var.s], [])",
        "merge(var.s)",
        "slice([1], var.s, 2)",
        "substr(var.s, \"x\", 1)",
        "range(var.s)",
        "sum([var.s])",
        "max(var.s, 1)",
        "pow(var.s, 2)",
        "log(var.s, 0)",
        "chunklist([1], var.s)",
        "setproduct(var.s)",
        "coalesce(var.s == \"\" ? \"x\" : \"\")",
        "one([var.s, var.s])",
        "textdecodebase64(var.s, var.s)",
        "textencodebase64(\"x\", var.s)",
        "rsadecrypt(var.s, var.s)",
        "uuidv5(var.s, \"x\")",
        "bcrypt(\"x\", var.s)",
        "provider::terraform::decode_tfvars(\"=${var.s}\")",
        "provider::terraform::expr_from_value()",
        "{ a = 1 }[var.s]",
        "[1][var.s]",
        "var.s.attribute",
        "var.s[0]",
        "var.s + 1",
        "!var.s",
        "-var.s",
        "var.s ? 1 : 2",
        "[for it in var.s : it]",
        "{ for it in [var.s, var.s] : it => 1 }",
        "local.t[*].x",
        "\"a${[var.s]}\"",
    ];
    for expression in expressions {
        let text = evaluating(expression) + "locals {\n  t = \"${var.s}$${\"\n}\n";
        let files = [("main.tf", text.as_str())];
        let variables: &[(&str, &str)] = &[("TF_VAR_s", "SECRET")];
        check_all(&[Case { files: &files, arguments: &["plan"], variables, said: "rror" }]);
        let files = [("main.tf", text.as_str()), ("terraform.tfvars", "s = \"SECRET\"\n")];
        check_all(&[Case { files: &files, arguments: &["apply", "-auto-approve"], variables: &[], said: "rror" }]);
    }
}

#[test]
fn urls_and_logs_do_not_tell_it() {
    let remote = |config: &str| {
        format!(
            "{VARIABLE}data \"terraform_remote_state\" \"a\" {{\n  backend = \"http\"\n  config = {{\n    {config}\n  }}\n}}\n"
        )
    };
    let literal = "address = \"http://me:SECRET@127.0.0.1:1/state\"";
    let token = "address = \"http://127.0.0.1:1/state?whatever=SECRET\"";
    let part = "address = \"http://127.0.0.1:1/${var.s}/state?a=b\"";
    let whole = "address = \"http://127.0.0.1:1/state\"\n    username = \"SECRET\"\n    password = \"SECRET\"";
    let scheme = "address = \"ftp://${var.s}\"";
    let given: &[(&str, &str)] = &[("TF_VAR_s", "SECRET")];
    for config in [literal, token, part, whole, scheme] {
        let text = remote(config);
        let said = if config == scheme { "must be HTTP" } else { "127.0.0.1:1" };
        check_all(&[Case { files: &[("main.tf", &text)], arguments: &["plan"], variables: given, said }]);
    }
    for source in [
        "https://me:SECRET@127.0.0.1:1/a.zip",
        "https://127.0.0.1:1/a.zip?access_token=SECRET",
        "git::http://SECRET@127.0.0.1:1/a.git",
        "git::http://me:SECRET@127.0.0.1:1/a.git?ref=v1",
    ] {
        let text = format!("module \"m\" {{\n  source = \"{source}\"\n}}\n");
        check_all(&[Case { files: &[("main.tf", &text)], arguments: &["init"], variables: &[], said: "127.0.0.1:1" }]);
    }
    let backend = "terraform {\n  backend \"local\" {}\n}\n";
    for arguments in [&["init", "-backend-config=password=SECRET"] as &[&str], &["init", "-backend-config=SECRET"]] {
        check_all(&[Case { files: &[("main.tf", backend)], arguments, variables: &[], said: "rror" }]);
    }
    let data = format!(
        "{VARIABLE}resource \"terraform_data\" \"a\" {{\n  input = var.s\n}}\nmodule \"m\" {{\n  source = \"./m\"\n  \
         p = var.s\n}}\noutput \"o\" {{\n  sensitive = true\n  value = module.m.p\n}}\n"
    );
    let module = "variable \"p\" {}\noutput \"p\" {\n  value = var.p\n}\n";
    for command in [&["plan"] as &[&str], &["apply", "-auto-approve"], &["validate"]] {
        for level in ["trace", "debug"] {
            let variables = [("TF_VAR_s", "SECRET"), ("TF_LOG", level), ("TF_TOKEN_example_com", "SECRET")];
            let files = [("main.tf", data.as_str()), ("m/main.tf", module)];
            check_all(&[Case { files: &files, arguments: command, variables: &variables, said: "" }]);
        }
    }
}

#[test]
fn a_saved_plan_does_not_tell_it() {
    let workspace = Workspace::new(None);
    let text = format!("{VARIABLE}resource \"null_resource\" \"a\" {{\n  triggers = {{ a = var.s }}\n}}\n");
    workspace.write("main.tf", &text);
    let (given, other) = (format!("-var=s={SECRET}"), format!("-var=s={SECRET}2"));
    for arguments in [
        &["plan", "-out=p", &given] as &[&str],
        &["show", "p"],
        &["apply", &other, "p"],
        &["apply", "-json", &other, "p"],
        &["apply", "p"],
        &["show"],
        &["state", "show", "null_resource.a"],
        &["plan", "-json", "-var=s=1"],
        &["plan", "-var=s=1"],
    ] {
        let outcome = workspace.rforge(arguments);
        let printed = outcome.stdout + &outcome.stderr;
        assert!(!printed.contains(SECRET), "{arguments:?}\n{printed}");
    }
}

/// What AWS says, and what is said of settings for it: in errors, in their lines of JSON, and while it is asked again.
#[cfg(feature = "aws")]
#[test]
fn what_aws_is_asked_does_not_tell_it() {
    let configured = |arguments: &str| {
        format!(
            "{VARIABLE}provider \"aws\" {{\n  {arguments}\n}}\nresource \"aws_vpc\" \"v\" {{\n  cidr_block = \"10.0.0.0/16\"\n}}\n"
        )
    };
    let (region, profile) = (configured("region = var.s"), configured("region  = \"eu-central-1\"\n  profile = var.s"));
    for (text, said) in [(&region, "invalid AWS Region"), (&profile, "profile")] {
        let files = &[("main.tf", text.as_str())];
        check_all(&[Case { files, arguments: &["plan"], variables: &[("TF_VAR_s", "SECRET")], said }]);
    }
    let emulator = crate::emulator::Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    let subnet = "resource \"aws_subnet\" \"v\" {\n  vpc_id     = var.s\n  cidr_block = \"10.0.0.0/24\"\n  timeouts {\n    create = \"3s\"\n  }\n}\n";
    workspace.write("main.tf", &format!("{VARIABLE}{subnet}"));
    for more in [&[][..], &["-json"]] {
        let variable = format!("-var=s={SECRET}");
        let outcome = workspace.rforge(&[&["apply", "-auto-approve", &variable][..], more].concat());
        let printed = outcome.stdout + &outcome.stderr;
        assert!(printed.contains("InvalidVpcID.NotFound") && !printed.contains(SECRET), "{printed}");
    }
}
