resource "aws_vpc" "support" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "support" {
  vpc_id            = aws_vpc.support.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_internet_gateway" "support" {
  vpc_id = aws_vpc.support.id
}

data "aws_ami" "support" {
  most_recent = true
  owners      = ["099720109477"]

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"]
  }
}

resource "aws_instance" "support" {
  ami           = data.aws_ami.support.id
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.support.id
}

resource "aws_eip" "support" {
  domain = "vpc"
}

resource "aws_eip" "other" {
  domain = "vpc"
}
