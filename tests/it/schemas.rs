//! `providers schema -json` prints what Terraform prints, recorded from Terraform 1.11.4 with `RFORGE_RECORD=1`. Left out
//! are descriptions, of which rforge has none.

use std::{fs, path::PathBuf};

use serde_json::Value as Json;

use crate::{
    oracle::Oracle,
    workspace::{Workspace, repository},
};

const COMMAND: &[&str] = &["providers", "schema", "-json"];

fn recorded(name: &str) -> PathBuf {
    repository().join("tests/schemas").join(name)
}

/// What a tool prints for a configuration, by provider.
fn answer(oracle: Option<&Oracle>, configuration: &str) -> Json {
    let workspace = Workspace::new(None);
    workspace.write("main.tf", configuration);
    let text = match oracle {
        Some(oracle) => {
            oracle.must(&workspace, &["init"]);
            oracle.must(&workspace, COMMAND).stdout
        }
        None => workspace.rforge(COMMAND).expect(0, configuration).stdout,
    };
    let mut answer: Json = serde_json::from_str(&text).unwrap();
    undescribed(&mut answer);
    assert_eq!(answer["format_version"], "1.0");
    answer["provider_schemas"].take()
}

fn undescribed(json: &mut Json) {
    match json {
        Json::Object(entries) => {
            // An attribute can be called so too.
            entries.retain(|name, it| {
                !matches!(&**name, "description" | "description_kind" | "summary") || it.is_object()
            });
            entries.sort_keys();
            entries.values_mut().for_each(undescribed);
        }
        Json::Array(items) => items.iter_mut().for_each(undescribed),
        _ => {}
    }
}

fn check(theirs: &Json, ours: &Json) {
    let (theirs, ours) = (format!("{theirs:#}"), format!("{ours:#}"));
    let difference = similar::TextDiff::from_lines(&theirs, &ours);
    assert!(theirs == ours, "(- Terraform, + rforge)\n{}", difference.unified_diff());
}

#[test]
fn of_terraform_itself() {
    let configuration = "resource \"terraform_data\" \"a\" {}\n";
    let path = recorded("terraform.json");
    let record = std::env::var_os("RFORGE_RECORD");
    if let Some(oracle) = record.and_then(|_| Oracle::find("of_terraform_itself")) {
        fs::write(&path, format!("{:#}\n", answer(Some(&oracle), configuration))).unwrap();
    }
    let theirs = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    check(&theirs, &answer(None, configuration));
}

/// Those that are required without a type of theirs in use, those whose types are, and those that state needs.
#[test]
fn of_every_provider_that_is_needed() {
    let workspace = Workspace::new(None);
    let required =
        "terraform {\n  required_providers {\n    tls = {\n      source = \"hashicorp/tls\"\n    }\n  }\n}\n";
    workspace.write("main.tf", &format!("{required}resource \"null_resource\" \"a\" {{}}\n"));
    workspace.rforge(&["apply", "-auto-approve"]).expect(0, "apply");
    workspace.write("main.tf", &format!("{required}data \"archive_file\" \"a\" {{\n  type = \"zip\"\n}}\n"));
    let answer: Json = serde_json::from_str(&workspace.rforge(COMMAND).expect(0, "schema").stdout).unwrap();
    let providers = answer["provider_schemas"].as_object().unwrap();
    let names: Vec<&str> = providers.keys().filter_map(|it| it.rsplit('/').next()).collect();
    assert_eq!(names, ["archive", "null", "tls"]);
    let key = &answer["provider_schemas"]["registry.terraform.io/hashicorp/tls"]["resource_schemas"]["tls_private_key"];
    let attribute = |name: &str| &key["block"]["attributes"][name];
    assert_eq!(attribute("algorithm")["required"], true);
    assert_eq!(attribute("private_key_pem")["sensitive"], true);
    let empty = Workspace::new(None);
    empty.write("main.tf", "");
    assert_eq!(empty.rforge(COMMAND).expect(0, "nothing").stdout, "{\"format_version\":\"1.0\"}\n");
    empty.rforge(&["providers", "schema"]).expect(1, "without -json");
}

/// What rforge knows of the types of hashicorp/aws that are recorded, and of all of them where Terraform is here. The
/// provider itself is left out, since rforge has fewer arguments of it, and what came with version 6: `region`, and what
/// `later` knows.
#[cfg(feature = "aws")]
#[test]
fn of_amazon() {
    const SOURCE: &str = "registry.terraform.io/hashicorp/aws";
    const KINDS: &[&str] = &["resource_schemas", "data_source_schemas"];
    const RECORDED: &[&str] = &[
        "aws_ami",
        "aws_autoscaling_group",
        "aws_db_instance",
        "aws_dynamodb_table",
        "aws_iam_role",
        "aws_instance",
        "aws_lambda_function",
        "aws_s3_bucket",
        "aws_secretsmanager_secret_version",
        "aws_security_group",
        "aws_ssm_parameter",
        "aws_vpc",
        "aws_wafv2_ip_set",
    ];
    let configuration = "provider \"aws\" {}\n";
    let types = |answer: &Json, chosen: &dyn Fn(&str) -> bool| -> Json {
        let of = |kind: &&str| {
            let mut types = answer[SOURCE][*kind].as_object().unwrap().clone();
            types.retain(|name, _| chosen(name));
            types.iter_mut().for_each(|(name, it)| without_later(kind.trim_end_matches("_source_schemas"), name, it));
            (kind.to_string(), Json::Object(types))
        };
        Json::Object(KINDS.iter().map(of).collect())
    };
    let ours = answer(None, configuration);
    let path = recorded("aws.json");
    let oracle = Oracle::find("of_amazon");
    let is_recorded = |name: &str| RECORDED.contains(&name);
    if let Some(oracle) = &oracle {
        let theirs = answer(Some(oracle), configuration);
        check(&types(&theirs, &|_| true), &types(&ours, &|_| true));
        if std::env::var_os("RFORGE_RECORD").is_some() {
            fs::write(&path, format!("{:#}\n", types(&theirs, &is_recorded))).unwrap();
        }
    }
    let theirs: Json = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    check(&theirs, &types(&ours, &is_recorded));
}

/// Nor does rforge know which types and blocks as a whole are deprecated.
#[cfg(feature = "aws")]
fn without_later(kind: &str, name: &str, schema: &mut Json) {
    fn undeprecated(block: &mut Json) {
        let Some(block) = block.as_object_mut() else { return };
        block.shift_remove("deprecated");
        for nested in block.get_mut("block_types").and_then(Json::as_object_mut).into_iter().flatten() {
            undeprecated(&mut nested.1["block"]);
        }
    }
    undeprecated(&mut schema["block"]);
    for mut path in crate::later::of(kind.trim_end_matches("_schemas"), name) {
        let last = path.pop().unwrap_or_default();
        let block = path.into_iter().fold(&mut schema["block"], |block, name| &mut block["block_types"][name]["block"]);
        for members in ["attributes", "block_types"] {
            if let Some(members) = block[members].as_object_mut() {
                members.shift_remove(last);
            }
        }
    }
    if let Some(attributes) = schema["block"]["attributes"].as_object_mut() {
        attributes.shift_remove("region");
    }
}
