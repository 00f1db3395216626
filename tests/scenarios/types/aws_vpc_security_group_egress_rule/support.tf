resource "aws_vpc" "support" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_security_group" "support" {
  name   = "vpc-security-group-egress-rule-support"
  vpc_id = aws_vpc.support.id
}

resource "aws_security_group" "other" {
  name   = "vpc-security-group-egress-rule-other"
  vpc_id = aws_vpc.support.id
}
