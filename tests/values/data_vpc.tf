data "aws_vpc" "v0" {}

data "aws_vpc" "v1" {
  cidr_block = "10.0.0.0/16"
}

data "aws_vpc" "v2" {
  cidr_block = ""
}

data "aws_vpc" "v3" {
  cidr_block = "é"
}

data "aws_vpc" "v4" {
  default = true
}

data "aws_vpc" "v5" {
  dhcp_options_id = "a"
}

data "aws_vpc" "v6" {
  dhcp_options_id = ""
}

data "aws_vpc" "v7" {
  dhcp_options_id = "é"
}

data "aws_vpc" "v8" {
  id = "a"
}

data "aws_vpc" "v9" {
  id = ""
}

data "aws_vpc" "v10" {
  id = "é"
}

data "aws_vpc" "v11" {
  state = "a"
}

data "aws_vpc" "v12" {
  state = ""
}

data "aws_vpc" "v13" {
  state = "é"
}
