resource "aws_route_table" "v0" {
  vpc_id = "a"
}

resource "aws_route_table" "v1" {}

resource "aws_route_table" "v2" {
  vpc_id = "a"
  id     = "a"
}

resource "aws_route_table" "v3" {
  vpc_id = "a"
  id     = ""
}

resource "aws_route_table" "v4" {
  vpc_id           = "a"
  propagating_vgws = ["a"]
}

resource "aws_route_table" "v5" {
  vpc_id           = "a"
  propagating_vgws = [""]
}

resource "aws_route_table" "v6" {
  vpc_id           = "a"
  propagating_vgws = ["é"]
}

resource "aws_route_table" "v7" {
  vpc_id = "a"
  route  = [{ "carrier_gateway_id" = "a", "cidr_block" = "10.0.0.0/16", "core_network_arn" = "a", "destination_prefix_list_id" = "a", "egress_only_gateway_id" = "a", "gateway_id" = "a", "ipv6_cidr_block" = "a", "local_gateway_id" = "a", "nat_gateway_id" = "a", "network_interface_id" = "a", "transit_gateway_id" = "a", "vpc_endpoint_id" = "a", "vpc_peering_connection_id" = "a" }]
}

resource "aws_route_table" "v8" {
  vpc_id = "a"
  tags   = { "k" = "a" }
}

resource "aws_route_table" "v9" {
  vpc_id   = "a"
  tags_all = { "k" = "a" }
}

resource "aws_route_table" "v10" {
  vpc_id = ""
}

resource "aws_route_table" "v11" {
  vpc_id = "é"
}

resource "aws_route_table" "v12" {
  vpc_id = "a"
  tags   = { "" = "x" }
}

resource "aws_route_table" "v13" {
  vpc_id = "a"
  tags   = { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" = "x" }
}

resource "aws_route_table" "v14" {
  vpc_id = "a"
  tags   = { "x" = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
}

resource "aws_route_table" "v15" {
  vpc_id = "a"
  tags   = { "aws:x" = "y" }
}

resource "aws_route_table" "v16" {
  vpc_id = "a"
  tags   = { "x" = null }
}

resource "aws_route_table" "v17" {
  vpc_id = "a"
  tags   = { "x" = 1 }
}
