resource "aws_vpc" "support" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "support" {
  vpc_id            = aws_vpc.support.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "other" {
  vpc_id            = aws_vpc.support.id
  cidr_block        = "10.20.2.0/24"
  availability_zone = "eu-central-1b"
}

data "aws_ami" "support" {
  most_recent = true
  owners      = ["099720109477"]

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"]
  }
}

resource "aws_launch_template" "support" {
  name          = "autoscaling-policy-support"
  image_id      = data.aws_ami.support.id
  instance_type = "t3.micro"
}

resource "aws_autoscaling_group" "support" {
  name                = "autoscaling-policy-support"
  min_size            = 0
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.support.id]

  launch_template {
    id      = aws_launch_template.support.id
    version = "$Latest"
  }
}
