resource "aws_security_group" "web" {
  name = "web"
}

resource "aws_security_group" "own" {
  name = "own"

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_security_group_rule" "web" {
  security_group_id = aws_security_group.web.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["10.0.0.0/8", "10.1.0.0/16"]
  description       = "offices"
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "TCP"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "10.1.0.0/16"
  description       = "homes"
}

resource "aws_vpc_security_group_ingress_rule" "own" {
  security_group_id = aws_security_group.own.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "10.0.0.0/8"
}
