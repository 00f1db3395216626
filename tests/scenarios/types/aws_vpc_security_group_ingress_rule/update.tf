resource "aws_vpc_security_group_ingress_rule" "subject" {
  security_group_id = aws_security_group.support.id
  description       = "all within"
  ip_protocol       = -1
  cidr_ipv4         = "10.0.0.0/16"

  tags = { Name = "rule" }
}
