provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

# Outside the network's range: AWS refuses it.
resource "aws_subnet" "wrong" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "192.168.0.0/24"
}

resource "aws_subnet" "right" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id

  tags = { Subnet = aws_subnet.wrong.id }
}
