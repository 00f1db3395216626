resource "aws_vpc_security_group_egress_rule" "subject" {
  security_group_id            = aws_security_group.other.id
  ip_protocol                  = "tcp"
  from_port                    = 22
  to_port                      = 23
  referenced_security_group_id = aws_security_group.support.id
}
