resource "aws_default_security_group" "v0" {}

resource "aws_default_security_group" "v1" {
  egress = [{ "cidr_blocks" = ["a"], "description" = "a", "from_port" = 1, "ipv6_cidr_blocks" = ["a"], "prefix_list_ids" = ["a"], "protocol" = "tcp", "security_groups" = ["a"], "self" = true, "to_port" = 1 }]
}

resource "aws_default_security_group" "v2" {
  id = "a"
}

resource "aws_default_security_group" "v3" {
  id = ""
}

resource "aws_default_security_group" "v4" {
  ingress = [{ "cidr_blocks" = ["a"], "description" = "a", "from_port" = 1, "ipv6_cidr_blocks" = ["a"], "prefix_list_ids" = ["a"], "protocol" = "tcp", "security_groups" = ["a"], "self" = true, "to_port" = 1 }]
}

resource "aws_default_security_group" "v5" {
  revoke_rules_on_delete = true
}

resource "aws_default_security_group" "v6" {
  tags = { "k" = "a" }
}

resource "aws_default_security_group" "v7" {
  tags_all = { "k" = "a" }
}

resource "aws_default_security_group" "v8" {
  vpc_id = "a"
}

resource "aws_default_security_group" "v9" {
  vpc_id = ""
}

resource "aws_default_security_group" "v10" {
  vpc_id = "é"
}

resource "aws_default_security_group" "v11" {
  tags = { "" = "x" }
}

resource "aws_default_security_group" "v12" {
  tags = { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" = "x" }
}

resource "aws_default_security_group" "v13" {
  tags = { "x" = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
}

resource "aws_default_security_group" "v14" {
  tags = { "aws:x" = "y" }
}

resource "aws_default_security_group" "v15" {
  tags = { "x" = null }
}

resource "aws_default_security_group" "v16" {
  tags = { "x" = 1 }
}
