resource "aws_security_group_rule" "subject" {
  type              = "ingress"
  security_group_id = aws_security_group.support.id
  protocol          = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_blocks       = ["10.0.0.0/8"]
}
