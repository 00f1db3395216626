provider "aws" {
  region = "eu-central-1"
}

variable "interface" {
  default = ""
}

resource "aws_eip" "own" {
  domain = "vpc"
}

data "aws_ami" "ubuntu" {
  most_recent         = true
  allow_unsafe_filter = true

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"]
  }
}

resource "aws_instance" "own" {
  ami                     = data.aws_ami.ubuntu.id
  instance_type           = "t3.micro"
  disable_api_termination = true
  force_destroy           = true

  primary_network_interface {
    network_interface_id = var.interface
  }
}

resource "aws_launch_template" "own" {
  name = "own"

  placement {
    group_id = "pg-0123456789abcdef0"
  }
}

output "interface" {
  value = aws_instance.own.primary_network_interface_id == var.interface
}
