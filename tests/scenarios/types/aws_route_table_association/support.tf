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

resource "aws_route_table" "support" {
  vpc_id = aws_vpc.support.id
}

resource "aws_route_table" "other" {
  vpc_id = aws_vpc.support.id
}
