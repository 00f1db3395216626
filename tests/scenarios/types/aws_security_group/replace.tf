resource "aws_security_group" "subject" {
  name        = "security-group-subject-2"
  description = "other text"
  vpc_id      = aws_vpc.support.id
}
