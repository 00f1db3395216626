resource "aws_default_security_group" "subject" {
  vpc_id = aws_vpc.support.id

  ingress {
    protocol  = -1
    self      = true
    from_port = 0
    to_port   = 0
  }

  tags = { Name = "default" }
}
