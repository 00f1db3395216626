resource "aws_vpc_security_group_egress_rule" "subject" {
  security_group_id = aws_security_group.support.id
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "10.0.0.0/8"
}
