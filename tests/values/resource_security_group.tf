resource "aws_security_group" "v0" {}

resource "aws_security_group" "v1" {
  description = "a"
}

resource "aws_security_group" "v2" {
  description = ""
}

resource "aws_security_group" "v3" {
  description = "x"
}

resource "aws_security_group" "v4" {
  description = "X!"
}

resource "aws_security_group" "v5" {
  description = "a/b"
}

resource "aws_security_group" "v6" {
  description = "10.0.0.1/8"
}

resource "aws_security_group" "v7" {
  description = "10.0.0.0/8"
}

resource "aws_security_group" "v8" {
  description = "fd00::1/8"
}

resource "aws_security_group" "v9" {
  description = "10.0.0.0/33"
}

resource "aws_security_group" "v10" {
  description = "::1"
}

resource "aws_security_group" "v11" {
  description = "arn:"
}

resource "aws_security_group" "v12" {
  description = "arn:aws:iam::123456789012:role/x"
}

resource "aws_security_group" "v13" {
  description = "arn:a!:iam:zz:12:"
}

resource "aws_security_group" "v14" {
  description = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_security_group" "v15" {
  description = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_security_group" "v16" {
  egress = [{ "cidr_blocks" = ["a"], "description" = "a", "from_port" = 1, "ipv6_cidr_blocks" = ["a"], "prefix_list_ids" = ["a"], "protocol" = "tcp", "security_groups" = ["a"], "self" = true, "to_port" = 1 }]
}

resource "aws_security_group" "v17" {
  id = "a"
}

resource "aws_security_group" "v18" {
  id = ""
}

resource "aws_security_group" "v19" {
  ingress = [{ "cidr_blocks" = ["a"], "description" = "a", "from_port" = 1, "ipv6_cidr_blocks" = ["a"], "prefix_list_ids" = ["a"], "protocol" = "tcp", "security_groups" = ["a"], "self" = true, "to_port" = 1 }]
}

resource "aws_security_group" "v20" {
  name = "sg-1"
}

resource "aws_security_group" "v21" {
  name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_security_group" "v22" {
  name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_security_group" "v23" {
  name_prefix = "sg-1"
}

resource "aws_security_group" "v24" {
  name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_security_group" "v25" {
  name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_security_group" "v26" {
  name        = "a"
  name_prefix = "a"
}
