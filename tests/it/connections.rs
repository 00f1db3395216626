//! What stands between rforge and AWS: credentials, endpoints and answers that get lost on the way.

use serde_json::json;

use crate::{emulator::Emulator, workspace::Workspace};

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
