//! What stands between rforge and AWS: credentials, endpoints and answers that get lost on the way.

use serde_json::json;

use crate::{
    emulator::Emulator,
    process::Outcome,
    workspace::{Workspace, rforge},
};

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];

/// The SDK sends a create that has a client token again by itself. That the second is refused says nothing of the first.
#[test]
fn what_a_lost_answer_made_is_found_whatever_the_next_answer_is() {
    let emulator = Emulator::start();
    for (refusal, ends) in
        [(json!({ "do": "throttle" }), true), (json!({ "do": "error", "code": "InternalThing" }), false)]
    {
        let workspace = Workspace::new(Some(&emulator.url()));
        let instance = r#"
            provider "aws" {
              max_retries = 1
            }
            data "aws_ami" "a" {
              most_recent = true
              owners      = ["099720109477"]
              filter {
                name   = "name"
                values = ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"]
              }
            }
            resource "aws_instance" "a" {
              ami           = data.aws_ami.a.id
              instance_type = "t3.micro"
              timeouts {
                create = "1s"
              }
            }
        "#;
        workspace.write("main.tf", instance);
        let mut refused = json!({ "action": "RunInstances" });
        refused.as_object_mut().unwrap().extend(refusal.as_object().unwrap().clone());
        emulator.fault(json!([{ "action": "RunInstances", "do": "reset_after", "nth": [1] }, refused]));
        let outcome = workspace.rforge(APPLY);
        assert_eq!(outcome.code, Some(i32::from(ends)), "{refusal}: {}\n{}", outcome.stdout, outcome.stderr);
        emulator.fault(json!([]));
        workspace.write("main.tf", &instance.replace("1s", "10m"));
        workspace.rforge(APPLY).expect(0, &format!("apply after {refusal}"));
        let instances = emulator.alive().iter().filter(|it| it.ends_with(" instance")).count();
        assert_eq!(instances, 1, "{refusal}: {:?}", emulator.alive());
        workspace.rforge(&["destroy", "-auto-approve", "-no-color"]).expect(0, "destroy");
    }
}

/// Objects of several types and services, twenty of one of them, and data sources.
const FLEET: &str = r#"
    provider "aws" {
      max_retries = 1
    }
    resource "aws_vpc" "a" {
      cidr_block = "10.0.0.0/16"
    }
    resource "aws_subnet" "a" {
      count      = 20
      vpc_id     = aws_vpc.a.id
      cidr_block = "10.0.${count.index}.0/24"
    }
    resource "aws_iam_role" "a" {
      count              = 3
      name               = "role-${count.index}"
      assume_role_policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
      })
    }
    resource "aws_cloudwatch_log_group" "a" {
      name = "group"
    }
    data "aws_vpc" "a" {
      id = aws_vpc.a.id
    }
    data "aws_availability_zones" "a" {}
"#;

fn errors(outcome: &Outcome) -> Vec<&str> {
    outcome.stderr.lines().filter_map(|it| it.strip_prefix("Error: ")).collect()
}

/// Fails the test unless the run ended with the one error, which says all of `words`, and planned nothing.
fn one_error(outcome: &Outcome, summary: &str, words: &[&str], what: &str) {
    assert_eq!(outcome.code, Some(1), "{what}: {}\n{}", outcome.stdout, outcome.stderr);
    assert_eq!(errors(outcome), [summary], "{what}: {}", outcome.stderr);
    let said = outcome.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(said.contains(word), "{what}: no {word:?} in {}", outcome.stderr);
    }
    assert!(!outcome.stdout.contains("Plan:"), "{what}: {}", outcome.stdout);
}

/// What Terraform 1.11.4 with hashicorp/aws 5.100 begins the error with where GetCallerIdentity fails.
const IDENTITY: &str =
    "Retrieving AWS account details: validating provider credentials: retrieving caller identity from STS";

const PLAN: &[&str] = &["plan", "-no-color"];

#[test]
fn credentials_that_aws_does_not_accept_fail_the_plan_with_one_error() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    workspace.write("main.tf", FLEET);
    workspace.rforge(APPLY).expect(0, "apply, undisturbed");
    let new = Workspace::new(Some(&emulator.url()));
    new.write(
        "main.tf",
        "provider \"aws\" {\n  max_retries = 1\n}\nresource \"aws_vpc\" \"a\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n",
    );
    let refuse =
        |code: &str, message: &str| json!([{ "do": "error", "code": code, "message": message, "status": 403 }]);
    for (code, message, summary) in [
        ("ExpiredToken", "The security token included in the request is expired", "The credentials have expired"),
        ("RequestExpired", "Request has expired.", "The credentials have expired"),
        ("ExpiredTokenException", "It has expired.", "The credentials have expired"),
        ("InvalidClientTokenId", "The security token is invalid.", "AWS does not accept the credentials"),
        ("UnrecognizedClientException", "The token is invalid.", "AWS does not accept the credentials"),
        ("SignatureDoesNotMatch", "The signature does not match.", "AWS does not accept the credentials"),
        (
            "AuthFailure",
            "AWS was not able to validate the provided access credentials",
            "AWS does not accept the credentials",
        ),
    ] {
        emulator.fault(refuse(code, message));
        let before = emulator.log().len();
        one_error(&new.rforge(PLAN), IDENTITY, &[code, message], code);
        let asked = emulator.log().split_off(before);
        let actions: Vec<&str> = asked.iter().map(|it| it["action"].as_str().unwrap()).collect();
        assert!(actions.iter().all(|it| *it == "GetCallerIdentity") && actions.len() <= 2, "{code}: {actions:?}");
        let before = emulator.log().len();
        let concerned = "objects are concerned: ";
        one_error(&workspace.rforge(PLAN), summary, &[code, message, concerned, "aws_cloudwatch_log_group.a"], code);
        let requests = emulator.log().len() - before;
        assert!(requests <= 16, "{code}: {requests} requests");
    }
    // Who may not read everything is known all the same, and Terraform's switch works.
    emulator.fault(json!([{ "service": "sts", "do": "error", "code": "AccessDenied", "status": 403 }]));
    one_error(&new.rforge(PLAN), IDENTITY, &["AccessDenied"], "AccessDenied");
    // A configuration that nothing uses is not asked for anything.
    new.write("unused.tf", "provider \"aws\" {\n  alias  = \"other\"\n  region = \"mars-1\"\n}\n");
    let text = new.read("main.tf").replace("max_retries = 1", "skip_credentials_validation = true");
    new.write("main.tf", &text);
    assert!(new.rforge(PLAN).expect(0, "skip_credentials_validation").stdout.contains("Plan: 1 to add"));
}

#[test]
fn a_refusal_of_many_objects_is_one_error() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    workspace.write("main.tf", FLEET);
    workspace.rforge(APPLY).expect(0, "apply, undisturbed");
    emulator
        .fault(json!([{ "action": "DescribeSubnets", "do": "error", "code": "UnauthorizedOperation", "status": 403 }]));
    let words = ["20 objects are concerned: aws_subnet.a[0], aws_subnet.a[10], aws_subnet.a[11] and 17 more."];
    one_error(&workspace.rforge(PLAN), "ec2 DescribeSubnets failed", &words, "subnets");
}

/// As in Terraform, which shows what other providers plan.
#[test]
fn what_needs_no_connection_is_shown_all_the_same() {
    let workspace = Workspace::new(Some("http://127.0.0.1:1"));
    workspace.write(
        "main.tf",
        r#"
            provider "aws" {
              max_retries = 1
            }
            resource "aws_vpc" "a" {
              cidr_block = "10.0.0.0/16"
            }
            resource "terraform_data" "alone" {
              input = "a"
            }
            resource "terraform_data" "dependent" {
              input = aws_vpc.a.id
            }
            output "alone" {
              value = terraform_data.alone.input
            }
            output "dependent" {
              value = aws_vpc.a.id
            }
        "#,
    );
    let outcome = workspace.rforge(PLAN);
    assert_eq!(outcome.code, Some(1), "{}\n{}", outcome.stdout, outcome.stderr);
    assert_eq!(errors(&outcome), [IDENTITY], "{}", outcome.stderr);
    for (words, is_said) in [
        ("planned the following actions, but then encountered a problem", true),
        ("  # terraform_data.alone will be created", true),
        ("  + alone = \"a\"", true),
        ("Plan: 1 to add, 0 to change, 0 to destroy.", true),
        ("aws_vpc", false),
        ("dependent", false),
    ] {
        assert_eq!(outcome.stdout.contains(words), is_said, "{words}: {}", outcome.stdout);
    }
}

/// Nobody listens, nobody has such a name, and somebody listens who speaks no TLS.
#[test]
fn an_endpoint_that_cannot_be_reached_is_one_error() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    workspace.write("main.tf", FLEET);
    workspace.rforge(APPLY).expect(0, "apply, undisturbed");
    let tls = emulator.url().replace("http:", "https:");
    for url in ["http://127.0.0.1:1", "http://nowhere.invalid", &tls] {
        let run = |workspace: &Workspace, arguments: &[&str]| {
            Outcome::of(workspace.command(rforge()).args(arguments).env("AWS_ENDPOINT_URL", url))
        };
        let words = ["objects are concerned: aws_cloudwatch_log_group.a, aws_iam_role.a[0]"];
        one_error(&run(&workspace, PLAN), "AWS cannot be reached", &words, url);
        let new = Workspace::new(None);
        new.write("main.tf", FLEET);
        one_error(&run(&new, PLAN), "AWS cannot be reached", &["data.aws_availability_zones.a"], url);
        new.write("main.tf", &FLEET.replace("data \"aws_availability_zones\" \"a\" {}", ""));
        one_error(&run(&new, PLAN), IDENTITY, &["AWS cannot be reached"], url);
    }
}

/// Wherever in an apply it happens: state has what was made, nothing else is tried, and the next run goes on.
#[test]
fn credentials_that_expire_while_a_plan_is_applied() {
    let emulator = Emulator::start();
    for (from, code) in [(1, "ExpiredToken"), (9, "RequestExpired"), (20, "ExpiredToken"), (30, "AuthFailure")] {
        let workspace = Workspace::new(Some(&emulator.url()));
        workspace.write("main.tf", FLEET);
        let message = "AWS was not able to validate the provided access credentials";
        let expired = json!({ "do": "error", "code": code, "message": message, "status": 400 });
        let mut rule = expired.clone();
        rule["mutating"] = json!(true);
        rule["from"] = json!(from);
        emulator.fault(json!([rule]));
        let before = emulator.log().len();
        let outcome = workspace.rforge(&["apply", "-auto-approve", "-no-color", "-parallelism=4"]);
        let what = format!("{code} from change {from}");
        assert_eq!((outcome.code, errors(&outcome).len()), (Some(1), 1), "{what}: {}", outcome.stderr);
        let mutations = emulator.mutations(before);
        assert!(mutations <= from + 8, "{what}: {mutations} changes were tried");
        emulator.fault(json!([]));
        workspace.rforge(APPLY).expect(0, &what);
        workspace.rforge(&["plan", "-detailed-exitcode", "-no-color"]).expect(0, &what);
        assert_eq!(emulator.alive().len(), 25, "{what}: {:?}", emulator.alive());
        workspace.rforge(&["destroy", "-auto-approve", "-no-color"]).expect(0, &what);
    }
}

/// One cause, many provider configurations.
#[test]
fn provider_instances_without_credentials_are_one_error() {
    let workspace = Workspace::new(None);
    workspace.write(
        "main.tf",
        r#"
        locals {
          regions = ["eu-west-1", "eu-west-2", "eu-west-3", "us-east-1"]
        }
        provider "aws" {
          alias    = "each"
          for_each = toset(local.regions)
          region   = each.key
        }
        resource "aws_vpc" "a" {
          for_each   = toset(local.regions)
          provider   = aws.each[each.key]
          cidr_block = "10.0.0.0/16"
        }
        "#,
    );
    let mut command = workspace.command(rforge());
    command.args(PLAN).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let words = ["4 provider configurations are concerned: ", "and 1 more"];
    one_error(&Outcome::of(&mut command), "No valid credential sources found", &words, "without credentials");
}

/// A plan that is applied later is applied with what is there then.
#[test]
fn a_saved_plan_is_not_begun_without_credentials() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    workspace.write("main.tf", FLEET);
    workspace.rforge(&["plan", "-no-color", "-out=saved"]).expect(0, "plan");
    let before = emulator.log().len();
    let mut command = workspace.command(rforge());
    command.args(["apply", "-no-color", "saved"]).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let outcome = Outcome::of(&mut command);
    one_error(&outcome, "No valid credential sources found", &[], "without credentials");
    assert!(!outcome.stdout.contains("Creating..."), "{}", outcome.stdout);
    assert_eq!(emulator.log().len(), before);
    workspace.rforge(&["apply", "-no-color", "saved"]).expect(0, "the plan is as good as it was");
}

/// What Terraform 1.11.4 with hashicorp/aws 5.100 says to the same provider block, files and environment.
#[test]
fn settings_are_refused_as_terraform_refuses_them() {
    let absent = "failed to get shared config profile, nope";
    let keys: &[(&str, &str)] = &[];
    let none: &[(&str, &str)] = &[("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", "")];
    let with = |credentials: &[(&'static str, &'static str)], name: &'static str, value: &'static str| {
        [credentials, &[(name, value)]].concat()
    };
    let maybe = "invalid value for environment variable, ";
    for (block, environment, summary) in [
        ("profile = \"nope\"", keys.to_vec(), absent.to_owned()),
        ("profile = \"nope\"", none.to_vec(), absent.to_owned()),
        ("", with(keys, "AWS_PROFILE", "nope"), absent.to_owned()),
        ("", with(none, "AWS_PROFILE", "nope"), absent.to_owned()),
        ("profile = \"bare\"", keys.to_vec(), "No valid credential sources found".to_owned()),
        ("", none.to_vec(), "No valid credential sources found".to_owned()),
        ("access_key = \"x\"", keys.to_vec(), "retrieving credentials: static credentials are empty".to_owned()),
        ("region = \"mars-1\"", none.to_vec(), "No valid credential sources found".to_owned()),
        ("region = \"mars-1\"", keys.to_vec(), "invalid AWS Region: mars-1".to_owned()),
        (
            "",
            with(keys, "AWS_MAX_ATTEMPTS", "abc"),
            "invalid value AWS_MAX_ATTEMPTS=abc, strconv.ParseInt: parsing \"abc\": invalid syntax".to_owned(),
        ),
        ("", with(keys, "AWS_RETRY_MODE", "odd"), "invalid AWS_RETRY_MODE value, unknown RetryMode, odd".to_owned()),
        (
            "",
            with(keys, "AWS_USE_FIPS_ENDPOINT", "maybe"),
            format!("{maybe}AWS_USE_FIPS_ENDPOINT=maybe, need true, false"),
        ),
        (
            "",
            with(keys, "AWS_USE_DUALSTACK_ENDPOINT", "maybe"),
            format!("{maybe}AWS_USE_DUALSTACK_ENDPOINT=maybe, need true, false"),
        ),
        (
            "",
            with(keys, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "maybe"),
            format!("{maybe}AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=maybe, need true or false"),
        ),
    ] {
        let outcome = planned(block, &environment);
        one_error(&outcome, &summary, &[], &format!("{block} {environment:?}"));
    }
    let both = [("AWS_ENDPOINT_URL_EC2", "nonsense"), ("AWS_ENDPOINT_URL_IAM", "odd")];
    one_error(&planned("", &both), "Invalid endpoint", &["AWS_ENDPOINT_URL_EC2, AWS_ENDPOINT_URL_IAM are"], "both");
}

/// A plan of one object with this in the provider block, and shared files with three profiles.
fn planned(block: &str, environment: &[(&str, &str)]) -> Outcome {
    let workspace = Workspace::new(None);
    let main = format!(
        "provider \"aws\" {{\n  {block}\n}}\nresource \"aws_vpc\" \"a\" {{\n  cidr_block = \"10.0.0.0/16\"\n}}\n"
    );
    workspace.write("main.tf", &main);
    workspace.write(
        ".home/.aws/config",
        "[profile bare]\nregion = eu-west-1\n[profile process]\ncredential_process = ./key.sh\n",
    );
    let mut command = workspace.command(rforge());
    command.args(PLAN).envs(environment.iter().copied());
    Outcome::of(&mut command)
}

/// As by Terraform's provider, a process that gives credentials is run once for a plan, and a profile of the block goes before keys
/// of the environment.
#[test]
fn credentials_are_asked_for_once() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    workspace.write("main.tf", &FLEET.replace("max_retries = 1", "profile = \"process\""));
    workspace.write(".home/.aws/config", "[profile process]\ncredential_process = sh ./key.sh\n");
    let answer = r#"{"Version": 1, "AccessKeyId": "KEY", "SecretAccessKey": "secret"}"#;
    workspace.write("key.sh", &format!("echo run >> runs\necho '{answer}'\n"));
    workspace.rforge(PLAN).expect(0, "plan");
    assert_eq!(workspace.read("runs"), "run\n");
}
