resource "aws_security_group" "agent" {
  name        = local.name
  description = "Access to ${local.name}"
  vpc_id      = aws_vpc.agent.id
  region      = var.region

  tags = { Name = local.name }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "within" {
  security_group_id            = aws_security_group.agent.id
  description                  = "Everything among agents"
  ip_protocol                  = -1
  referenced_security_group_id = aws_security_group.agent.id
  region                       = var.region

  tags = { Name = "${local.name}-within" }
}

resource "aws_vpc_security_group_ingress_rule" "open" {
  for_each = var.open_ports

  security_group_id = aws_security_group.agent.id
  description       = "Peers over ${upper(each.key)}"
  ip_protocol       = each.key
  from_port         = element(split("-", each.value), 0)
  to_port           = element(split("-", each.value), 1)
  cidr_ipv4         = "0.0.0.0/0"
  region            = var.region

  tags = { Name = "${local.name}-${each.key}" }
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  for_each = toset(var.allow_ssh)

  security_group_id = aws_security_group.agent.id
  description       = "SSH from ${each.key}"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = each.key
  region            = var.region

  tags = { Name = "${local.name}-ssh" }
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.agent.id
  description       = "Everything outwards"
  ip_protocol       = -1
  cidr_ipv4         = "0.0.0.0/0"
  region            = var.region

  tags = { Name = "${local.name}-out" }
}
