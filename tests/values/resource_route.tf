resource "aws_route" "v0" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "igw-1"
}

resource "aws_route" "v1" {
  route_table_id = "a"
}

resource "aws_route" "v2" {}

resource "aws_route" "v3" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "igw-1"
  carrier_gateway_id     = "a"
}

resource "aws_route" "v4" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "igw-1"
  carrier_gateway_id     = ""
}

resource "aws_route" "v5" {
  route_table_id         = "a"
  destination_cidr_block = "a"
  gateway_id             = "igw-1"
}

resource "aws_route" "v6" {
  route_table_id         = "a"
  destination_cidr_block = ""
  gateway_id             = "igw-1"
}

resource "aws_route" "v7" {
  route_table_id         = "a"
  destination_cidr_block = "x"
  gateway_id             = "igw-1"
}

resource "aws_route" "v8" {
  route_table_id         = "a"
  destination_cidr_block = "X!"
  gateway_id             = "igw-1"
}

resource "aws_route" "v9" {
  route_table_id         = "a"
  destination_cidr_block = "a/b"
  gateway_id             = "igw-1"
}

resource "aws_route" "v10" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.1/8"
  gateway_id             = "igw-1"
}

resource "aws_route" "v11" {
  route_table_id         = "a"
  destination_cidr_block = "fd00::1/8"
  gateway_id             = "igw-1"
}

resource "aws_route" "v12" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/33"
  gateway_id             = "igw-1"
}

resource "aws_route" "v13" {
  route_table_id         = "a"
  destination_cidr_block = "::1"
  gateway_id             = "igw-1"
}

resource "aws_route" "v14" {
  route_table_id         = "a"
  destination_cidr_block = "arn:"
  gateway_id             = "igw-1"
}

resource "aws_route" "v15" {
  route_table_id         = "a"
  destination_cidr_block = "arn:aws:iam::123456789012:role/x"
  gateway_id             = "igw-1"
}

resource "aws_route" "v16" {
  route_table_id         = "a"
  destination_cidr_block = "arn:a!:iam:zz:12:"
  gateway_id             = "igw-1"
}

resource "aws_route" "v17" {
  route_table_id         = "a"
  destination_cidr_block = "{\"a\":1,\"a\":2}"
  gateway_id             = "igw-1"
}

resource "aws_route" "v18" {
  route_table_id         = "a"
  destination_cidr_block = "{\"a\""
  gateway_id             = "igw-1"
}

resource "aws_route" "v19" {
  route_table_id         = "a"
  destination_cidr_block = "[]"
  gateway_id             = "igw-1"
}

resource "aws_route" "v20" {
  route_table_id         = "a"
  destination_cidr_block = "\"x\""
  gateway_id             = "igw-1"
}

resource "aws_route" "v21" {
  route_table_id         = "a"
  destination_cidr_block = "-1"
  gateway_id             = "igw-1"
}

resource "aws_route" "v22" {
  route_table_id         = "a"
  destination_cidr_block = "0"
  gateway_id             = "igw-1"
}

resource "aws_route" "v23" {
  route_table_id         = "a"
  destination_cidr_block = "1.5"
  gateway_id             = "igw-1"
}

resource "aws_route" "v24" {
  route_table_id         = "a"
  destination_cidr_block = "1h"
  gateway_id             = "igw-1"
}

resource "aws_route" "v25" {
  route_table_id         = "a"
  destination_cidr_block = "TCP"
  gateway_id             = "igw-1"
}

resource "aws_route" "v26" {
  route_table_id         = "a"
  destination_cidr_block = "a b"
  gateway_id             = "igw-1"
}

resource "aws_route" "v27" {
  route_table_id         = "a"
  destination_cidr_block = "é"
  gateway_id             = "igw-1"
}

resource "aws_route" "v28" {
  route_table_id         = "a"
  destination_cidr_block = "2020-01-01"
  gateway_id             = "igw-1"
}

resource "aws_route" "v29" {
  route_table_id         = "a"
  destination_cidr_block = "lt-A!"
  gateway_id             = "igw-1"
}

resource "aws_route" "v30" {
  route_table_id         = "a"
  destination_cidr_block = "sg-1"
  gateway_id             = "igw-1"
}

resource "aws_route" "v31" {
  route_table_id         = "a"
  destination_cidr_block = "[a"
  gateway_id             = "igw-1"
}

resource "aws_route" "v32" {
  route_table_id         = "a"
  destination_cidr_block = "aws:foo"
  gateway_id             = "igw-1"
}

resource "aws_route" "v33" {
  route_table_id         = "a"
  destination_cidr_block = "true"
  gateway_id             = "igw-1"
}

resource "aws_route" "v34" {
  route_table_id         = "a"
  destination_cidr_block = "t"
  gateway_id             = "igw-1"
}

resource "aws_route" "v35" {
  route_table_id         = "a"
  destination_cidr_block = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  gateway_id             = "igw-1"
}

resource "aws_route" "v36" {
  route_table_id         = "a"
  destination_cidr_block = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  gateway_id             = "igw-1"
}

resource "aws_route" "v37" {
  route_table_id              = "a"
  destination_cidr_block      = "10.0.0.0/8"
  gateway_id                  = "igw-1"
  destination_ipv6_cidr_block = "a"
}

resource "aws_route" "v38" {
  route_table_id              = "a"
  destination_cidr_block      = "10.0.0.0/8"
  gateway_id                  = "igw-1"
  destination_ipv6_cidr_block = ""
}

resource "aws_route" "v39" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "a"
}

resource "aws_route" "v40" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = ""
}

resource "aws_route" "v41" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "é"
}

resource "aws_route" "v42" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "igw-1"
  id                     = "a"
}

resource "aws_route" "v43" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "igw-1"
  id                     = ""
}

resource "aws_route" "v44" {
  route_table_id         = ""
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "igw-1"
}

resource "aws_route" "v45" {
  route_table_id         = "é"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "igw-1"
}

resource "aws_route" "v46" {
  route_table_id     = "a"
  carrier_gateway_id = "a"
  core_network_arn   = "a"
}

resource "aws_route" "v47" {
  route_table_id         = "a"
  carrier_gateway_id     = "a"
  destination_cidr_block = "a"
}

resource "aws_route" "v48" {
  route_table_id              = "a"
  carrier_gateway_id          = "a"
  destination_ipv6_cidr_block = "a"
}

resource "aws_route" "v49" {
  route_table_id             = "a"
  carrier_gateway_id         = "a"
  destination_prefix_list_id = "a"
}

resource "aws_route" "v50" {
  route_table_id         = "a"
  carrier_gateway_id     = "a"
  egress_only_gateway_id = "a"
}

resource "aws_route" "v51" {
  route_table_id             = "a"
  core_network_arn           = "a"
  destination_prefix_list_id = "a"
}

resource "aws_route" "v52" {
  route_table_id              = "a"
  destination_cidr_block      = "a"
  destination_ipv6_cidr_block = "a"
}

resource "aws_route" "v53" {
  route_table_id             = "a"
  destination_cidr_block     = "a"
  destination_prefix_list_id = "a"
}

resource "aws_route" "v54" {
  route_table_id         = "a"
  destination_cidr_block = "a"
  egress_only_gateway_id = "a"
}

resource "aws_route" "v55" {
  route_table_id              = "a"
  destination_ipv6_cidr_block = "a"
  destination_prefix_list_id  = "a"
}

resource "aws_route" "v56" {
  route_table_id             = "a"
  destination_prefix_list_id = "a"
  egress_only_gateway_id     = "a"
}

resource "aws_route" "v57" {
  route_table_id             = "a"
  destination_prefix_list_id = "a"
  gateway_id                 = "a"
}

resource "aws_route" "v58" {
  route_table_id             = "a"
  destination_prefix_list_id = "a"
  local_gateway_id           = "a"
}

resource "aws_route" "v59" {
  route_table_id             = "a"
  destination_prefix_list_id = "a"
  nat_gateway_id             = "a"
}

resource "aws_route" "v60" {
  route_table_id             = "a"
  destination_prefix_list_id = "a"
  network_interface_id       = "a"
}

resource "aws_route" "v61" {
  route_table_id             = "a"
  destination_prefix_list_id = "a"
  transit_gateway_id         = "a"
}

resource "aws_route" "v62" {
  route_table_id             = "a"
  destination_prefix_list_id = "a"
  vpc_endpoint_id            = "a"
}

resource "aws_route" "v63" {
  route_table_id     = "a"
  carrier_gateway_id = "a"
}

resource "aws_route" "v64" {
  route_table_id   = "a"
  core_network_arn = "a"
}

resource "aws_route" "v65" {
  route_table_id         = "a"
  destination_cidr_block = "a"
}

resource "aws_route" "v66" {
  route_table_id              = "a"
  destination_ipv6_cidr_block = "a"
}

resource "aws_route" "v67" {
  route_table_id             = "a"
  destination_prefix_list_id = "a"
}

resource "aws_route" "v68" {
  route_table_id         = "a"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = null
}

resource "aws_route" "v69" {
  route_table_id              = "a"
  carrier_gateway_id          = "a"
  core_network_arn            = "a"
  destination_cidr_block      = "a"
  destination_ipv6_cidr_block = "a"
  destination_prefix_list_id  = "a"
  egress_only_gateway_id      = "a"
  gateway_id                  = "a"
  local_gateway_id            = "a"
  nat_gateway_id              = "a"
  network_interface_id        = "a"
  transit_gateway_id          = "a"
  vpc_endpoint_id             = "a"
  vpc_peering_connection_id   = "a"
}
