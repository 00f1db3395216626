resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "main", Team = "x" }
}
resource "aws_subnet" "a" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${count.index}.0/24"
}
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_iam_role" "agent" {
  name               = "agent"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_launch_template" "agent" {
  name          = "agent"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = base64encode("#!/bin/sh\necho hi\n")
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      volume_size = 20
    }
  }
  block_device_mappings {
    device_name = "/dev/sdb"
    ebs {
      volume_size = 30
      encrypted   = true
    }
  }
  iam_instance_profile {
    name = "p"
  }
  tag_specifications {
    resource_type = "instance"
    tags          = { a = "b" }
  }
}
resource "aws_ssm_parameter" "secret" {
  name  = "/x"
  type  = "SecureString"
  value = "hunter2"
}
data "aws_subnet" "later" {
  id = aws_subnet.a[0].id
}
resource "aws_instance" "one" {
  ami           = "ami-12c6146b"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.a[0].id
  user_data     = "#!/bin/sh\n"
  root_block_device {
    volume_size = 10
  }
}
output "vpc" {
  value = aws_vpc.main.id
}
output "secret" {
  value     = aws_ssm_parameter.secret.value
  sensitive = true
}
output "cidrs" {
  value = aws_subnet.a[*].cidr_block
}
