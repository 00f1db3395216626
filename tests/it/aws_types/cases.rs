//! The objects that `aws_types` makes, in order.

use super::{Case, DataCase};
use serde_json::{Value as Json, json};

/// Types whose objects come and go with another object.
pub const NEVER_DELETED: &[&str] = &["aws_default_route_table", "aws_default_security_group"];

/// Where a schema differs from the reference provider's, and why.
pub const DIFFERENCES: &[(&str, &str)] = &[];

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

pub fn resources() -> Vec<Case> {
    [network()].into_iter().flatten().collect()
}

pub fn data() -> Vec<DataCase> {
    Vec::new()
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
