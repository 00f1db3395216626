resource "aws_default_route_table" "v0" {
  default_route_table_id = "a"
}

resource "aws_default_route_table" "v1" {}

resource "aws_default_route_table" "v2" {
  default_route_table_id = ""
}

resource "aws_default_route_table" "v3" {
  default_route_table_id = "é"
}

resource "aws_default_route_table" "v4" {
  default_route_table_id = "a"
  id                     = "a"
}

resource "aws_default_route_table" "v5" {
  default_route_table_id = "a"
  id                     = ""
}

resource "aws_default_route_table" "v6" {
  default_route_table_id = "a"
  propagating_vgws       = ["a"]
}

resource "aws_default_route_table" "v7" {
  default_route_table_id = "a"
  propagating_vgws       = [""]
}

resource "aws_default_route_table" "v8" {
  default_route_table_id = "a"
  propagating_vgws       = ["é"]
}

resource "aws_default_route_table" "v9" {
  default_route_table_id = "a"
  route                  = [{ "cidr_block" = "10.0.0.0/16", "core_network_arn" = "a", "destination_prefix_list_id" = "a", "egress_only_gateway_id" = "a", "gateway_id" = "a", "instance_id" = "a", "ipv6_cidr_block" = "a", "nat_gateway_id" = "a", "network_interface_id" = "a", "transit_gateway_id" = "a", "vpc_endpoint_id" = "a", "vpc_peering_connection_id" = "a" }]
}

resource "aws_default_route_table" "v10" {
  default_route_table_id = "a"
  tags                   = { "k" = "a" }
}

resource "aws_default_route_table" "v11" {
  default_route_table_id = "a"
  tags_all               = { "k" = "a" }
}

resource "aws_default_route_table" "v12" {
  default_route_table_id = "a"
  tags                   = { "" = "x" }
}

resource "aws_default_route_table" "v13" {
  default_route_table_id = "a"
  tags                   = { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" = "x" }
}

resource "aws_default_route_table" "v14" {
  default_route_table_id = "a"
  tags                   = { "x" = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
}

resource "aws_default_route_table" "v15" {
  default_route_table_id = "a"
  tags                   = { "aws:x" = "y" }
}

resource "aws_default_route_table" "v16" {
  default_route_table_id = "a"
  tags                   = { "x" = null }
}

resource "aws_default_route_table" "v17" {
  default_route_table_id = "a"
  tags                   = { "x" = 1 }
}
