resource "aws_instance" "subject" {
  ami                     = data.aws_ami.support.id
  instance_type           = "t3.small"
  subnet_id               = aws_subnet.support.id
  vpc_security_group_ids  = [aws_security_group.support.id]
  disable_api_termination = false

  tags = { Name = "second" }
}
