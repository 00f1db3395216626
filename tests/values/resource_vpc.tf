resource "aws_vpc" "v0" {}

resource "aws_vpc" "v1" {
  assign_generated_ipv6_cidr_block = true
}

resource "aws_vpc" "v2" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "v3" {
  cidr_block = ""
}

resource "aws_vpc" "v4" {
  cidr_block = "x"
}

resource "aws_vpc" "v5" {
  cidr_block = "10.0.0.1/8"
}

resource "aws_vpc" "v6" {
  cidr_block = "10.0.0.0/8"
}

resource "aws_vpc" "v7" {
  cidr_block = "fd00::1/8"
}

resource "aws_vpc" "v8" {
  enable_dns_hostnames = true
}

resource "aws_vpc" "v9" {
  enable_dns_support = true
}

resource "aws_vpc" "v10" {
  enable_network_address_usage_metrics = true
}

resource "aws_vpc" "v11" {
  id = "a"
}

resource "aws_vpc" "v12" {
  id = ""
}

resource "aws_vpc" "v13" {
  instance_tenancy = "a"
}

resource "aws_vpc" "v14" {
  instance_tenancy = ""
}

resource "aws_vpc" "v15" {
  instance_tenancy = "default"
}

resource "aws_vpc" "v16" {
  instance_tenancy = "dedicated"
}

resource "aws_vpc" "v17" {
  ipv4_ipam_pool_id = "a"
}

resource "aws_vpc" "v18" {
  ipv4_ipam_pool_id = ""
}

resource "aws_vpc" "v19" {
  ipv4_ipam_pool_id = "é"
}

resource "aws_vpc" "v20" {
  ipv4_netmask_length = 1
}

resource "aws_vpc" "v21" {
  ipv4_netmask_length = -2
}

resource "aws_vpc" "v22" {
  ipv6_cidr_block = "a"
}

resource "aws_vpc" "v23" {
  ipv6_cidr_block = ""
}

resource "aws_vpc" "v24" {
  ipv6_cidr_block_network_border_group = "a"
}

resource "aws_vpc" "v25" {
  ipv6_cidr_block_network_border_group = ""
}

resource "aws_vpc" "v26" {
  ipv6_ipam_pool_id = "a"
}

resource "aws_vpc" "v27" {
  ipv6_ipam_pool_id = ""
}

resource "aws_vpc" "v28" {
  ipv6_ipam_pool_id = "é"
}

resource "aws_vpc" "v29" {
  ipv6_netmask_length = 1
}

resource "aws_vpc" "v30" {
  ipv6_netmask_length = -2
}

resource "aws_vpc" "v31" {
  assign_generated_ipv6_cidr_block = true
  ipv6_ipam_pool_id                = "a"
}

resource "aws_vpc" "v32" {
  cidr_block          = "10.0.0.0/16"
  ipv4_netmask_length = 1
}

resource "aws_vpc" "v33" {
  ipv4_netmask_length = 1
  ipv6_cidr_block     = "a"
}

resource "aws_vpc" "v34" {
  ipv4_netmask_length                  = 1
  ipv6_cidr_block_network_border_group = "a"
}

resource "aws_vpc" "v35" {
  ipv4_netmask_length = 1
  ipv6_netmask_length = 1
}

resource "aws_vpc" "v36" {
  ipv6_cidr_block                      = "a"
  ipv6_cidr_block_network_border_group = "a"
}

resource "aws_vpc" "v37" {
  ipv6_cidr_block   = "a"
  ipv6_ipam_pool_id = "a"
}

resource "aws_vpc" "v38" {
  ipv6_cidr_block     = "a"
  ipv6_netmask_length = 1
}

resource "aws_vpc" "v39" {
  ipv6_cidr_block_network_border_group = "a"
  ipv6_netmask_length                  = 1
}

resource "aws_vpc" "v40" {
  ipv6_ipam_pool_id   = "a"
  ipv6_netmask_length = 1
}

resource "aws_vpc" "v41" {
  assign_generated_ipv6_cidr_block     = true
  cidr_block                           = "10.0.0.0/16"
  ipv4_netmask_length                  = 1
  ipv6_cidr_block                      = "a"
  ipv6_cidr_block_network_border_group = "a"
  ipv6_ipam_pool_id                    = "a"
  ipv6_netmask_length                  = 1
}
