//! EC2: networks and what lives in them. One file for each type.

mod boolean;
mod data;
mod default_route_table;
mod default_security_group;
mod eip;
mod eip_association;
mod filter;
mod instance;
mod interface;
mod internet_gateway;
mod key_pair;
mod launch_template;
mod nat_gateway;
mod permissions;
mod route;
mod route_table;
mod route_table_association;
mod routes;
mod security_group;
mod security_group_rule;
mod security_group_rules;
mod subnet;
mod tag;
mod untag;
mod vpc;

pub(super) use untag::Untagging;

// The words that the types below share.
use boolean::flag;
use filter::{all_pages, all_pages_of, any_of, created_with, described, ids, is, named, the_created};
use interface::interfaces_in;
use tag::{retag, tagged, tags, to_ec2};

use crate::aws::resource::{Kind, of};

pub(super) const RESOURCES: &[&dyn Kind] = &[
    of::<default_route_table::DefaultRouteTable>(),
    of::<default_security_group::DefaultSecurityGroup>(),
    of::<eip::Eip>(),
    of::<eip_association::EipAssociation>(),
    of::<instance::Instance>(),
    of::<internet_gateway::InternetGateway>(),
    of::<key_pair::KeyPair>(),
    of::<launch_template::LaunchTemplate>(),
    of::<nat_gateway::NatGateway>(),
    of::<route::Route>(),
    of::<route_table::RouteTable>(),
    of::<route_table_association::RouteTableAssociation>(),
    of::<security_group::SecurityGroup>(),
    of::<security_group_rule::SecurityGroupRule>(),
    of::<security_group_rules::EgressRule>(),
    of::<security_group_rules::IngressRule>(),
    of::<subnet::Subnet>(),
    of::<vpc::Vpc>(),
];

pub(super) use data::DATA;
