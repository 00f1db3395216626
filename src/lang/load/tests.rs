use super::*;
use crate::address::ResourceMode;
use crate::lang::configuration::IgnoreChanges;
use crate::lang::dependencies::{Graph, Node, provider_for, resource_dependencies};
use crate::native::Natively;
use crate::value::Type;
use std::{collections::BTreeMap, sync::Arc};

/// A configuration from texts like `-- name --` followed by the content of that file.
pub(in crate::lang) fn configuration(text: &str) -> (Configuration, Diagnostics) {
    let mut files: BTreeMap<PathBuf, Arc<[u8]>> = BTreeMap::new();
    let mut name = PathBuf::from("main.tf");
    let mut content = String::new();
    for line in text.lines() {
        match line.strip_prefix("-- ").and_then(|it| it.strip_suffix(" --")) {
            Some(next) => {
                files.insert(std::mem::replace(&mut name, next.into()), content.as_bytes().into());
                content.clear();
            }
            None => content += &format!("{line}\n"),
        }
    }
    files.insert(name, content.as_bytes().into());
    load_from(&Files::saved(files), Path::new("."), &LoadOptions::default())
}

/// As [`configuration`], which must be faultless.
pub(in crate::lang) fn sound(text: &str) -> Configuration {
    let (configuration, diagnostics) = configuration(text);
    assert!(diagnostics.is_empty(), "{text}\n{:#?}", messages(&configuration, &diagnostics));
    configuration
}

/// `place: summary: detail` of each.
pub(in crate::lang) fn messages(configuration: &Configuration, diagnostics: &Diagnostics) -> Vec<String> {
    let message = |it: &Diagnostic| {
        let place = it.subject.map_or_else(String::new, |it| configuration.sources.place(it) + ": ");
        format!("{place}{}: {}", it.summary, it.detail)
    };
    diagnostics.iter().map(message).collect()
}

/// Each case: files, and what starts each message about them.
#[test]
fn mistakes_are_reported_where_they_are() {
    let cases: &[(&str, &[&str])] = include!("tests/mistakes.in");
    for (text, expected) in cases {
        let (configuration, diagnostics) = configuration(text);
        let found = messages(&configuration, &diagnostics);
        let matches =
            found.len() == expected.len() && found.iter().zip(*expected).all(|(it, start)| it.starts_with(start));
        assert!(matches, "{text}\nfound: {found:#?}");
    }
}

#[test]
fn a_whole_configuration_is_decoded() {
    let configuration = sound(
        r#"
        terraform {
          required_version = ">= 1.3, < 2.0"
          required_providers {
            aws = {
              source                = "hashicorp/aws"
              version               = "~> 5.0"
            }
          }
          backend "s3" { bucket = "b" }
        }
        provider "aws" { region = "eu-central-1" }
        provider "aws" {
          alias  = "west"
          region = "us-west-2"
        }
        variable "names" {
          type    = map(object({ size = optional(number, 3), tags = optional(list(string)) }))
          default = { a = {} }
          validation {
            condition     = length(var.names) > 0
            error_message = "None."
          }
        }
        locals { x = 1 }
        resource "aws_vpc" "v" {
          count      = 2
          provider   = aws.west
          cidr_block = "10.0.0.0/16"
          depends_on = [data.aws_region.r]
          lifecycle {
            create_before_destroy = true
            ignore_changes        = [tags["a"], tags_all, cidr_block]
            precondition {
              condition     = local.x == 1
              error_message = "No."
            }
          }
          timeouts { create = "1m" }
        }
        data "aws_region" "r" {}
        module "m" {
          source    = "./modules/m"
          for_each  = var.names
          region    = "us-west-2"
          v         = each.value.size
          providers = { aws = aws.west }
        }
        module "n" {
          source = "./modules/n"
          region = "us-west-2"
        }
        output "o" {
          value     = module.m["a"].w
          sensitive = true
        }
        moved {
          from = aws_vpc.w
          to   = aws_vpc.v[0]
        }
        removed {
          from = aws_vpc.gone
          lifecycle { destroy = false }
        }
        import {
          to = aws_vpc.v[1]
          id = "vpc-1"
        }
        check "c" {
          data "aws_caller_identity" "me" {}
          assert {
            condition     = data.aws_caller_identity.me.account_id != ""
            error_message = "Who?"
          }
        }
-- a_override.tf --
        locals { x = 2 }
        resource "aws_vpc" "v" {
          cidr_block = "10.1.0.0/16"
          lifecycle { prevent_destroy = true }
        }
-- .hidden.tf --
        nonsense
-- modules/m/main.tf --
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }
        variable "v" { type = number }
        output "w" { value = var.v }
-- modules/n/main.tf --
        variable "region" { type = string }
        "#,
    );
    let root = configuration.root();
    let vpc = &root.resources[&(ResourceMode::Managed, "aws_vpc".into(), "v".into())];
    let text = |span| configuration.sources.text(span);
    assert_eq!(text(vpc.body.attributes[0].value.span), "\"10.1.0.0/16\"");
    assert_eq!(vpc.body.blocks.iter().map(|it| &*it.kind.text).collect::<Vec<_>>(), ["timeouts"]);
    assert!(vpc.lifecycle.prevent_destroy.is_some() && vpc.lifecycle.create_before_destroy == Some(true));
    let crate::lang::configuration::IgnoreChanges::These(these) = &vpc.lifecycle.ignore_changes else { panic!() };
    assert_eq!(these.iter().map(|it| text(it.span)).collect::<Vec<_>>(), ["tags[\"a\"]", "tags_all", "cidr_block"]);
    assert_eq!(text(root.locals["x"].value.span), "2");
    assert_eq!(
        root.variables["names"].ty.to_string(),
        "map(object({size=optional(number), tags=optional(list(string))}))"
    );
    let (m, n) = (&root.calls["m"], &root.calls["n"]);
    assert!(m.region.is_some() && !m.arguments.contains_key("region"));
    assert!(n.region.is_none() && n.arguments.contains_key("region"));
    assert_eq!(
        provider_for(&configuration, vpc, &root.path).address.to_string(),
        "provider[\"registry.terraform.io/hashicorp/aws\"].west"
    );
    assert_eq!((root.moved.len(), root.imports.len(), root.removed[0].destroy), (1, 1, false));
    assert!(root.checks["c"].data.is_some());
    assert_eq!(configuration.modules.keys().map(ToString::to_string).collect::<Vec<_>>(), ["", "module.m", "module.n"]);
    let paths: Vec<_> = configuration.sources.files().iter().map(|it| it.path.display().to_string()).collect();
    assert_eq!(paths, ["main.tf", "a_override.tf", "modules/m/main.tf", "modules/n/main.tf"]);
}

#[test]
fn json_is_read_as_the_native_syntax_is() {
    let configuration = sound(
        r#"
-- main.tf.json --
        {
          "terraform": {"required_version": "~> 1.3", "required_providers": {"aws": {"source": "hashicorp/aws"}}},
          "variable": {"size": {"type": "object({a = optional(number, 2)})", "default": {}}},
          "locals": {"b": "${var.size.a}"},
          "provider": {"aws": [{"region": "eu-central-1"}, {"alias": "west", "region": "us-west-2"}]},
          "resource": {"aws_vpc": {"v": {"count": 2, "provider": "aws.west", "depends_on": ["aws_vpc.w"],
            "lifecycle": {"ignore_changes": "all", "prevent_destroy": true}, "cidr_block": "10.0.0.0/16"},
            "w": {"lifecycle": {"ignore_changes": ["tags"]}}}},
          "module": {"m": {"source": "./m", "providers": {"aws.x": "aws.west"}, "v": "${local.b}"}},
          "output": {"o": {"value": "${aws_vpc.v[0].id}", "sensitive": true}}
        }
-- m/main.tf --
        terraform {
          required_providers {
            aws = {
              source                = "hashicorp/aws"
              configuration_aliases = [aws.x]
            }
          }
        }
        variable "v" {}
        "#,
    );
    let root = configuration.root();
    let vpc = &root.resources[&(ResourceMode::Managed, "aws_vpc".into(), "v".into())];
    assert!(matches!(vpc.lifecycle.ignore_changes, crate::lang::configuration::IgnoreChanges::All));
    assert!(vpc.lifecycle.prevent_destroy.is_some() && vpc.count.is_some() && vpc.depends_on.len() == 1);
    assert_eq!(vpc.body.attributes.iter().map(|it| &*it.name.text).collect::<Vec<_>>(), ["cidr_block"]);
    assert_eq!(vpc.provider.as_ref().and_then(|it| it.alias.as_deref()), Some("west"));
    assert_eq!(root.calls["m"].providers.len(), 1);
    assert!(root.outputs["o"].sensitive && root.providers.len() == 2);
}

#[test]
fn installed_modules_and_regions_are_found() {
    let configuration = sound(
        r#"
        module "a" { source = "terraform-aws-modules/vpc/aws" }
-- rforge.hcl --
        rollout {
          regions = "*"
          wave "canary" { regions = ["us-west-2"] }
          wave "rest" { max_concurrent = 4 }
        }
-- regions/us-west-2.tf --
        resource "aws_vpc" "west" {}
-- regions/eu-central-1.tf --
        resource "aws_vpc" "central" {}
-- .terraform/modules/modules.json --
        {"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"a","Source":"terraform-aws-modules/vpc/aws","Dir":".terraform/modules/a"},
                    {"Key":"a.b","Source":"foo/bar/baz","Dir":".terraform/modules/a/x/b"}]}
-- .terraform/modules/a/main.tf --
        module "b" { source = "foo/bar/baz" }
        module "c" { source = "./c" }
-- .terraform/modules/a/x/b/main.tf --
        locals { b = 1 }
-- .terraform/modules/a/c/main.tf --
        locals { c = 1 }
        "#,
    );
    let folders: Vec<String> = configuration.modules.values().map(|it| it.folder.display().to_string()).collect();
    assert_eq!(folders, [".", ".terraform/modules/a", ".terraform/modules/a/x/b", ".terraform/modules/a/c"]);
    assert_eq!(configuration.root().resources.len(), 2);
    let rollout = configuration.rollout.unwrap();
    let waves: Vec<_> = rollout.waves.iter().map(|it| (&*it.name, it.regions.join(","), it.max_concurrent)).collect();
    assert_eq!(waves, [("canary", "us-west-2".into(), None), ("rest", "eu-central-1".into(), Some(4))]);
}

#[test]
fn rforge_hcl_says_who_serves_types() {
    let requirements = "terraform {\n  required_providers {\n    chance = { source = \"hashicorp/random\" }\n  }\n}\n";
    let native = |blocks: &str| {
        let (configuration, diagnostics) = configuration(&format!("{requirements}-- rforge.hcl --\n{blocks}\n"));
        let told: Vec<String> = diagnostics.iter().map(|it| format!("{}: {}", it.summary, it.detail)).collect();
        (configuration.native, told)
    };
    let (said, told) = native(
        "provider \"chance\" { native = false }\nprovider \"aws\" { native = [\"aws_vpc\"] }\nprovider \"x.test/a/b\" { native = true }",
    );
    assert!(told.is_empty(), "{told:?}");
    let of = |name: &str| said.of(&name.parse().unwrap()).clone();
    assert_eq!(of("hashicorp/random"), Natively::None);
    assert_eq!(of("hashicorp/aws"), Natively::Only(["aws_vpc".to_owned()].into()));
    assert_eq!((of("x.test/a/b"), of("hashicorp/chance")), (Natively::All, Natively::All));
    for (blocks, expected) in [
        ("provider \"a\" {}", "Missing required argument: The argument \"native\" is required"),
        ("provider \"a\" { native = 1 }", "Invalid native: true, false or a list"),
        ("provider \"a\" { native = [1] }", "Invalid native: true, false or a list"),
        ("provider { native = true }", "Missing name for provider: "),
        ("provider \"a/b/c/d\" { native = true }", "Invalid provider: \"a/b/c/d\" is not the source"),
        (
            "provider \"terraform\" { native = false }",
            "Invalid provider: The provider terraform.io/builtin/terraform is",
        ),
        (
            "provider \"chance\" { native = true }\nprovider \"random\" { native = false }",
            "Duplicate provider block: There may be only one block for the provider registry.terraform.io/hashicorp/random.",
        ),
    ] {
        let told = native(blocks).1;
        assert!(told.len() == 1 && told[0].starts_with(expected), "{blocks}: {told:?}");
    }
}

/// What Terraform 1.11.4 wrote into the state of these files.
#[test]
fn dependencies_are_those_of_terraform() {
    let configuration = sound(
        r#"
        resource "terraform_data" "a" {}
        resource "terraform_data" "b" { input = terraform_data.a.id }
        resource "terraform_data" "c" { input = local.x }
        locals { x = terraform_data.b.id }
        module "m" {
          source     = "./m"
          v          = terraform_data.c.id
          depends_on = [terraform_data.z]
        }
        resource "terraform_data" "z" {}
        resource "terraform_data" "d" { input = module.m.o }
        resource "terraform_data" "e" { depends_on = [module.m] }
        data "terraform_remote_state" "s" {
          backend    = "local"
          depends_on = [terraform_data.b]
        }
        resource "terraform_data" "f" { input = data.terraform_remote_state.s.outputs }
-- m/main.tf --
        variable "v" {}
        resource "terraform_data" "i" { input = var.v }
        resource "terraform_data" "unused" { input = 1 }
        output "o" { value = terraform_data.i.id }
        "#,
    );
    let graph = Graph::new(&configuration).unwrap();
    let cases: &[(&str, &[&str])] = &[
        ("terraform_data.a", &[]),
        ("terraform_data.b", &["terraform_data.a"]),
        ("terraform_data.c", &["terraform_data.a", "terraform_data.b"]),
        (
            "terraform_data.d",
            &[
                "module.m.terraform_data.i",
                "terraform_data.a",
                "terraform_data.b",
                "terraform_data.c",
                "terraform_data.z",
            ],
        ),
        (
            "terraform_data.e",
            &[
                "module.m.terraform_data.i",
                "module.m.terraform_data.unused",
                "terraform_data.a",
                "terraform_data.b",
                "terraform_data.c",
                "terraform_data.z",
            ],
        ),
        ("terraform_data.f", &["data.terraform_remote_state.s", "terraform_data.a", "terraform_data.b"]),
        (
            "module.m.terraform_data.i",
            &["terraform_data.a", "terraform_data.b", "terraform_data.c", "terraform_data.z"],
        ),
        ("module.m.terraform_data.unused", &["terraform_data.z"]),
    ];
    for (resource, expected) in cases {
        let found = resource_dependencies(&graph, &resource.parse().unwrap());
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), *expected, "{resource}");
    }
    let position = |name: &str| graph.nodes.iter().position(|it| it.to_string() == name).expect(name);
    assert!(position("module.m (close)") > position("module.m.terraform_data.unused"));
    assert!(graph.needs.iter().enumerate().all(|(node, needs)| needs.iter().all(|it| *it < node)));
    assert!(graph.nodes.contains(&Node::Variable("module.m".parse().unwrap(), "v".into())));
}

/// All that a resource needs is recorded, as by Terraform, unless that is very much: then what is next to it.
#[test]
fn records_of_a_long_chain_grow_with_its_length() {
    let block = |at: usize| match at {
        0 => "resource \"terraform_data\" \"r0\" {}\n".to_owned(),
        _ => format!("resource \"terraform_data\" \"r{at}\" {{\n  input = terraform_data.r{}.id\n}}\n", at - 1),
    };
    let length = 2_000;
    let graph = Graph::new(&sound(&(0..length).map(block).collect::<String>())).unwrap();
    let needed = |at: usize| resource_dependencies(&graph, &format!("terraform_data.r{at}").parse().unwrap());
    let whole = (0..length).take_while(|at| needed(*at).len() == *at).count();
    assert!((100..1_000).contains(&whole), "{whole}");
    for at in whole..length {
        let names: Vec<String> = needed(at).iter().map(ToString::to_string).collect();
        assert_eq!(names, [format!("terraform_data.r{}", at - 1)]);
    }
}

#[test]
fn cycles_name_their_members() {
    let cases = [
        (
            "resource \"terraform_data\" \"a\" { input = terraform_data.b.id }\nresource \"terraform_data\" \"b\" { input = local.c }\nlocals { c = terraform_data.a.id }",
            "Cycle: local.c, terraform_data.a, terraform_data.b",
        ),
        (
            "module \"m\" {\n source = \"./m\"\n v = module.m.o\n}\n-- m/x.tf --\nvariable \"v\" {}\noutput \"o\" { value = var.v }",
            "Cycle: module.m.var.v, module.m.output.o",
        ),
    ];
    for (text, expected) in cases {
        let errors = Graph::new(&sound(text)).unwrap_err();
        assert_eq!(errors.iter().map(|it| &*it.summary).collect::<Vec<_>>(), [expected]);
    }
}

/// Whatever else is wrong with references.
#[test]
fn cycles_are_told_beside_self_references() {
    let (_, found) = configuration(
        "locals {\n a = local.b\n b = local.a\n c = var.absent\n self = local.self\n}\n\
         resource \"terraform_data\" \"s\" {\n input = terraform_data.s.id\n}\n\
         resource \"terraform_data\" \"b\" {\n input = terraform_data.c.id\n}\n\
         resource \"terraform_data\" \"c\" {\n input = terraform_data.b.id\n}",
    );
    let summaries: Vec<&str> = found.iter().map(|it| &*it.summary).collect();
    assert_eq!(summaries, ["Cycle: local.a, local.b", "Cycle: terraform_data.b, terraform_data.c"]);
}

#[test]
fn providers_are_inherited_and_passed() {
    let configuration = sound(
        r#"
        provider "aws" { region = "eu-central-1" }
        provider "aws" {
          alias  = "west"
          region = "us-west-2"
        }
        module "inherits" { source = "./m" }
        module "passed" {
          source    = "./m"
          providers = { aws = aws.west }
        }
        module "aliased" {
          source    = "./n"
          providers = { amazon.x = aws.west }
        }
-- m/main.tf --
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }
        resource "aws_vpc" "v" {}
        resource "random_id" "r" {}
        resource "terraform_data" "t" {}
        module "deep" { source = "../o" }
-- o/main.tf --
        resource "aws_vpc" "v" {}
-- n/main.tf --
        terraform {
          required_providers {
            amazon = {
              source                = "hashicorp/aws"
              configuration_aliases = [amazon.x]
            }
          }
        }
        resource "aws_vpc" "x" { provider = amazon.x }
        resource "aws_vpc" "y" { provider = amazon }
        "#,
    );
    let aws = "provider[\"registry.terraform.io/hashicorp/aws\"]";
    let cases = [
        ("module.inherits.aws_vpc.v", aws.to_owned()),
        ("module.inherits.random_id.r", "provider[\"registry.terraform.io/hashicorp/random\"]".into()),
        ("module.inherits.terraform_data.t", "provider[\"terraform.io/builtin/terraform\"]".into()),
        ("module.inherits.module.deep.aws_vpc.v", aws.to_owned()),
        ("module.passed.aws_vpc.v", format!("{aws}.west")),
        ("module.passed.module.deep.aws_vpc.v", format!("{aws}.west")),
        ("module.aliased.aws_vpc.x", format!("{aws}.west")),
        ("module.aliased.aws_vpc.y", aws.to_owned()),
    ];
    for (resource, expected) in cases {
        let path: crate::address::ResourcePath = resource.parse().unwrap();
        let module = &configuration.modules[&path.module];
        let block = &module.resources[&(path.mode, path.type_name.clone(), path.name.clone())];
        assert_eq!(provider_for(&configuration, block, &path.module).address.to_string(), expected, "{resource}");
    }
}

/// The JSON syntax gives the same configuration. (Terraform 1.11.4 validates it.)
#[test]
fn json_files_are_configuration_too() {
    let configuration = sound(
        r#"
        variable "x" { default = "a" }
-- more.tf.json --
        {
          "variable": {"y": {"type": "list(string)", "default": ["b"], "description": "not ${a} template"}},
          "locals": {"z": "${var.x}-${var.y[0]}"},
          "output": {"o": {"value": "${local.z}", "depends_on": ["terraform_data.a"]}},
          "resource": {"terraform_data": {"a": {"count": 2, "input": "${local.z}", "lifecycle": {"ignore_changes": ["input"]}}}}
        }
        "#,
    );
    let module = configuration.root();
    assert_eq!(module.variables["y"].ty, Type::list(Type::String));
    assert_eq!(module.variables["y"].description.as_deref(), Some("not ${a} template"));
    assert!(module.locals.contains_key("z"));
    assert_eq!(module.outputs["o"].depends_on.len(), 1);
    let resource = module.resources.values().next().expect("a resource");
    assert!(matches!(&resource.lifecycle.ignore_changes, IgnoreChanges::These(paths) if paths.len() == 1));
    assert!(resource.count.is_some());
}
