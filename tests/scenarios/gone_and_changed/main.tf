provider "aws" {
  region = "eu-central-1"
}

resource "aws_eip" "x" {
  count  = 3
  domain = "vpc"
  tags   = { Name = "eip${count.index}" }
}

resource "aws_vpc" "x" {
  count      = 3
  cidr_block = "10.${count.index}.0.0/16"
  tags       = { Name = "vpc${count.index}" }
}

resource "aws_security_group" "x" {
  count = 3
  name  = "group${count.index}"
  tags  = { Name = "group${count.index}" }
}
