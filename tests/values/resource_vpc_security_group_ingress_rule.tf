resource "aws_vpc_security_group_ingress_rule" "v0" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
}

resource "aws_vpc_security_group_ingress_rule" "v1" {
  ip_protocol       = "tcp"
  security_group_id = "a"
}

resource "aws_vpc_security_group_ingress_rule" "v2" {}

resource "aws_vpc_security_group_ingress_rule" "v3" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = ""
}

resource "aws_vpc_security_group_ingress_rule" "v4" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "x"
}

resource "aws_vpc_security_group_ingress_rule" "v5" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  cidr_ipv6         = "a"
}

resource "aws_vpc_security_group_ingress_rule" "v6" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  cidr_ipv6         = ""
}

resource "aws_vpc_security_group_ingress_rule" "v7" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  description       = "a"
}

resource "aws_vpc_security_group_ingress_rule" "v8" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  description       = ""
}

resource "aws_vpc_security_group_ingress_rule" "v9" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  description       = "é"
}

resource "aws_vpc_security_group_ingress_rule" "v10" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 1
}

resource "aws_vpc_security_group_ingress_rule" "v11" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = -2
}

resource "aws_vpc_security_group_ingress_rule" "v12" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = -1
}

resource "aws_vpc_security_group_ingress_rule" "v13" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 0
}

resource "aws_vpc_security_group_ingress_rule" "v14" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 3
}

resource "aws_vpc_security_group_ingress_rule" "v15" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 59
}

resource "aws_vpc_security_group_ingress_rule" "v16" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 101
}

resource "aws_vpc_security_group_ingress_rule" "v17" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 256
}

resource "aws_vpc_security_group_ingress_rule" "v18" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 65536
}

resource "aws_vpc_security_group_ingress_rule" "v19" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 0.5
}

resource "aws_vpc_security_group_ingress_rule" "v20" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 65534
}

resource "aws_vpc_security_group_ingress_rule" "v21" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 65535
}

resource "aws_vpc_security_group_ingress_rule" "v22" {
  ip_protocol       = ""
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
}

resource "aws_vpc_security_group_ingress_rule" "v23" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  prefix_list_id    = "a"
}

resource "aws_vpc_security_group_ingress_rule" "v24" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  prefix_list_id    = ""
}

resource "aws_vpc_security_group_ingress_rule" "v25" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  to_port           = -2
}

resource "aws_vpc_security_group_ingress_rule" "v26" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  to_port           = 65536
}

resource "aws_vpc_security_group_ingress_rule" "v27" {
  ip_protocol       = "tcp"
  security_group_id = "a"
  cidr_ipv4         = "10.0.0.0/8"
  to_port           = 0.5
}
