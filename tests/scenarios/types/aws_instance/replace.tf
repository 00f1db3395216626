resource "aws_instance" "subject" {
  ami           = data.aws_ami.support.id
  instance_type = "t3.small"
  subnet_id     = aws_subnet.other.id
  user_data     = "#!/bin/sh\necho hello\n"

  tags = { Name = "second" }
}
