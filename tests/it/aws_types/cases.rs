//! The objects that `aws_types` makes, in order.

use super::{Case, DataCase};
use serde_json::{Value as Json, json};

/// Types whose objects come and go with another object.
pub(super) const NEVER_DELETED: &[&str] = &["aws_default_route_table", "aws_default_security_group"];

const SIX: &str = "release 6 added it, or asks for it no more";

/// Where a schema differs from the reference provider's, and why.
pub(super) const DIFFERENCES: &[(&str, &str)] = &[
    ("data aws_ami: has allow_unsafe_filter: bool optional", SIX),
    ("resource aws_cloudwatch_log_group: has deletion_protection_enabled: bool optional+computed", SIX),
    ("resource aws_instance: has force_destroy: bool optional default=false", SIX),
    ("resource aws_instance: has placement_group_id: string optional+computed force_new", SIX),
    ("resource aws_instance: has primary_network_interface.delete_on_termination: bool computed", SIX),
    ("resource aws_instance: has primary_network_interface.network_interface_id: string required", SIX),
    ("resource aws_instance: has primary_network_interface: block list 0..1", SIX),
    ("resource aws_launch_template: has placement.group_id: string optional", SIX),
    ("resource aws_nat_gateway: has auto_provision_zones: string computed", SIX),
    ("resource aws_nat_gateway: has auto_scaling_ips: string computed", SIX),
    ("resource aws_nat_gateway: has availability_mode: string optional+computed force_new", SIX),
    ("resource aws_nat_gateway: has availability_zone_address.allocation_ids: set(string) optional", SIX),
    ("resource aws_nat_gateway: has availability_zone_address.availability_zone: string optional", SIX),
    ("resource aws_nat_gateway: has availability_zone_address.availability_zone_id: string optional+computed", SIX),
    ("resource aws_nat_gateway: has availability_zone_address: block set 0..0", SIX),
    (
        "resource aws_nat_gateway: has regional_nat_gateway_address: set(object({allocation_id=string, association_id=string, availability_zone=string, availability_zone_id=string, network_interface_id=string, public_ip=string, status=string})) computed",
        SIX,
    ),
    ("resource aws_nat_gateway: has regional_nat_gateway_auto_mode: string computed", SIX),
    ("resource aws_nat_gateway: has route_table_id: string computed", SIX),
    ("resource aws_nat_gateway: has subnet_id: string optional force_new", SIX),
    ("resource aws_nat_gateway: has vpc_id: string optional+computed force_new", SIX),
    ("resource aws_nat_gateway: lacks subnet_id: string required force_new", SIX),
];

fn case(name: &'static str, type_name: &'static str, config: Json) -> Case {
    Case { name, type_name, config, change: Json::Null, import: "{id}", not_imported: &[] }
}

impl Case {
    fn change(self, change: Json) -> Self {
        Self { change, ..self }
    }
    fn import(self, import: &'static str) -> Self {
        Self { import, ..self }
    }
    fn not_imported(self, not_imported: &'static [&'static str]) -> Self {
        Self { not_imported, ..self }
    }
}

pub(super) fn resources() -> Vec<Case> {
    [network(), security_groups(), addresses()].into_iter().flatten().collect()
}

pub(super) fn data() -> Vec<DataCase> {
    let data = |type_name, config, expected| DataCase { type_name, config, expected };
    vec![
        data(
            "aws_region",
            json!({}),
            json!({ "id": "us-east-1", "name": "us-east-1", "description": "US East (N. Virginia)",
                    "endpoint": "ec2.us-east-1.amazonaws.com", "region": "us-east-1" }),
        ),
        data("aws_region", json!({ "region": "cn-north-1" }), json!({ "endpoint": "ec2.cn-north-1.amazonaws.com.cn" })),
        data(
            "aws_iam_policy_document",
            json!({ "statement": [{
                "actions": ["sts:AssumeRole"],
                "principals": [{ "type": "Service", "identifiers": ["ec2.amazonaws.com"] }],
                "not_principals": [], "condition": [],
            }] }),
            json!({ "id": "2851119427", "version": "2012-10-17" }),
        ),
        data(
            "aws_ssm_parameter",
            json!({ "name": "/aws/service/global-infrastructure/regions/us-west-1" }),
            json!({ "value": "us-west-1", "insecure_value": "us-west-1", "with_decryption": true }),
        ),
        data("aws_partition", json!({}), json!({ "id": "aws", "partition": "aws", "dns_suffix": "amazonaws.com" })),
        data("aws_caller_identity", json!({}), json!({ "account_id": "123456789012", "id": "123456789012" })),
        data(
            "aws_regions",
            json!({ "filter": [{ "name": "region-name", "values": ["eu-west-1"] }] }),
            json!({ "id": "aws" }),
        ),
        data(
            "aws_availability_zones",
            json!({ "state": "available", "exclude_names": ["us-east-1a"] }),
            json!({ "id": "us-east-1", "names": ["us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"] }),
        ),
        data(
            "aws_vpc",
            json!({ "id": "${vpc.id}" }),
            json!({ "cidr_block": "10.0.0.0/16", "arn": "${vpc.arn}", "enable_dns_hostnames": true, "default": false,
                    "tags": { "Name": "two", "more": "yes", "owner": "tests" } }),
        ),
        data("aws_vpc", json!({ "default": true }), json!({ "default": true })),
        data(
            "aws_subnets",
            json!({ "filter": [{ "name": "vpc-id", "values": ["${vpc.id}"] }] }),
            json!({ "id": "us-east-1", "ids": ["${subnet.id}"] }),
        ),
        data(
            "aws_ami",
            json!({ "most_recent": true, "owners": ["amazon"], "name_regex": "^amzn2-ami-hvm|{none}" }),
            json!({ "architecture": "x86_64", "virtualization_type": "hvm", "state": "available",
                    "state_reason": { "code": "UNSET", "message": "UNSET" } }),
        ),
        data(
            "aws_ec2_instance_type",
            json!({ "instance_type": "t3.micro" }),
            json!({
                "id": "t3.micro", "default_vcpus": 2, "memory_size": 1024, "gpus": [], "total_gpu_memory": null,
                "ebs_performance_baseline_throughput": 10.875, "valid_threads_per_core": [1, 2],
            }),
        ),
    ]
}

fn network() -> Vec<Case> {
    vec![
        case("vpc", "aws_vpc", json!({ "cidr_block": "10.0.0.0/16", "tags": { "Name": "one" } }))
            .change(json!({ "enable_dns_hostnames": true, "tags": { "Name": "two", "more": "yes" } })),
        case("subnet", "aws_subnet", json!({ "vpc_id": "${vpc.id}", "cidr_block": "10.0.1.0/24" }))
            .change(json!({ "map_public_ip_on_launch": true, "tags": { "owner": "somebody" } })),
        case("gateway", "aws_internet_gateway", json!({ "vpc_id": "${vpc.id}" }))
            .change(json!({ "tags": { "a": "b" } })),
        case("loose gateway", "aws_internet_gateway", json!({})).change(json!({ "tags": { "a": "b" } })),
        case(
            "table",
            "aws_route_table",
            json!({ "vpc_id": "${vpc.id}", "route": [{ "cidr_block": "0.0.0.0/0", "gateway_id": "${gateway.id}" }] }),
        )
        .change(json!({ "route": [
            { "cidr_block": "0.0.0.0/0", "gateway_id": "${gateway.id}" },
            { "cidr_block": "192.168.0.0/16", "gateway_id": "${gateway.id}" },
        ] })),
        case("bare table", "aws_route_table", json!({ "vpc_id": "${vpc.id}" })),
        case(
            "route",
            "aws_route",
            json!({
                "route_table_id": "${bare table.id}",
                "destination_cidr_block": "0.0.0.0/0",
                "gateway_id": "${gateway.id}",
            }),
        )
        .import("{route_table_id}_{destination_cidr_block}"),
        case(
            "association",
            "aws_route_table_association",
            json!({ "subnet_id": "${subnet.id}", "route_table_id": "${table.id}" }),
        )
        .change(json!({ "route_table_id": "${bare table.id}" }))
        .import("{subnet_id}/{route_table_id}"),
        case(
            "default table",
            "aws_default_route_table",
            json!({ "default_route_table_id": "${vpc.default_route_table_id}", "route": [] }),
        )
        .change(json!({ "tags": { "Name": "default" } }))
        .import("{vpc_id}"),
    ]
}

fn security_groups() -> Vec<Case> {
    vec![
        case(
            "group",
            "aws_security_group",
            json!({
                "vpc_id": "${vpc.id}",
                "name": "group",
                "ingress": [
                    { "protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["10.0.0.0/8", "1.2.3.4/32"] },
                    { "protocol": "tcp", "from_port": 22, "to_port": 22, "self": true, "description": "own" },
                ],
                "egress": [{ "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"] }],
            }),
        )
        .change(json!({
            "ingress": [{ "protocol": "6", "from_port": 22, "to_port": 23, "cidr_blocks": ["1.2.3.4/32"] }],
            "egress": [{ "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"],
                         "description": "all" }],
            "tags": { "Name": "group" },
        }))
        .not_imported(&["ingress"]),
        case("bare group", "aws_security_group", json!({ "vpc_id": "${vpc.id}", "name_prefix": "bare-" })),
        case(
            "ingress",
            "aws_vpc_security_group_ingress_rule",
            json!({
                "security_group_id": "${bare group.id}", "ip_protocol": "tcp", "from_port": 80, "to_port": 80,
                "cidr_ipv4": "0.0.0.0/0",
            }),
        )
        .change(json!({ "to_port": 81, "description": "web", "tags": { "a": "b" } })),
        case(
            "egress",
            "aws_vpc_security_group_egress_rule",
            json!({
                "security_group_id": "${bare group.id}", "ip_protocol": "-1",
                "referenced_security_group_id": "${group.id}",
            }),
        ),
        case(
            "rule",
            "aws_security_group_rule",
            json!({
                "security_group_id": "${bare group.id}", "type": "ingress", "protocol": "tcp", "from_port": 90,
                "to_port": 91, "cidr_blocks": ["10.0.0.0/8", "172.16.0.0/12"],
            }),
        )
        .change(json!({ "description": "some" }))
        .import("{security_group_id}_ingress_tcp_90_91_10.0.0.0/8_172.16.0.0/12")
        .not_imported(&["security_group_rule_id"]),
        case(
            "own rule",
            "aws_security_group_rule",
            json!({
                "security_group_id": "${bare group.id}", "type": "egress", "protocol": "-1", "from_port": 0,
                "to_port": 0, "self": true,
            }),
        )
        .import("{security_group_id}_egress_-1_0_0_self")
        .not_imported(&["security_group_rule_id"]),
        case("default group", "aws_default_security_group", json!({ "vpc_id": "${vpc.id}" })).change(json!({
            "ingress": [{ "protocol": "tcp", "from_port": 1, "to_port": 2, "cidr_blocks": ["10.0.0.0/8"] }],
        })),
    ]
}

fn addresses() -> Vec<Case> {
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJe8dzVdh3p0rVfZT1MSYDAnY2uTZ7bNnWnUvZf6FqjM a@b\n";
    vec![
        case("address", "aws_eip", json!({ "domain": "vpc" })).change(json!({ "tags": { "a": "b" } })),
        case("other address", "aws_eip", json!({})),
        case("nat", "aws_nat_gateway", json!({ "allocation_id": "${address.id}", "subnet_id": "${subnet.id}" }))
            .change(json!({ "tags": { "a": "b" } })),
        case(
            "nat route",
            "aws_route",
            json!({
                "route_table_id": "${table.id}",
                "destination_cidr_block": "172.31.0.0/16",
                "gateway_id": "${gateway.id}",
            }),
        )
        .change(json!({ "gateway_id": null, "nat_gateway_id": "${nat.id}" }))
        .import("{route_table_id}_{destination_cidr_block}"),
        case("key", "aws_key_pair", json!({ "key_name": "key", "public_key": key }))
            .change(json!({ "tags": { "a": "b" } }))
            .not_imported(&["public_key"]),
        case("prefixed key", "aws_key_pair", json!({ "key_name_prefix": "key-", "public_key": key }))
            .not_imported(&["public_key"]),
    ]
}
