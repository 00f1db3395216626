resource "aws_default_security_group" "subject" {
  vpc_id = aws_vpc.support.id
}
