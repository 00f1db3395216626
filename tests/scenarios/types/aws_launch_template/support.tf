resource "aws_vpc" "support" {
  cidr_block = "10.20.0.0/16"
}

data "aws_ami" "support" {
  most_recent = true
  owners      = ["099720109477"]

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"]
  }
}

resource "aws_security_group" "support" {
  name   = "launch-template-support"
  vpc_id = aws_vpc.support.id
}
