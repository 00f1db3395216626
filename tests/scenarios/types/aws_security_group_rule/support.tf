resource "aws_vpc" "support" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_security_group" "support" {
  name   = "security-group-rule-support"
  vpc_id = aws_vpc.support.id
}
