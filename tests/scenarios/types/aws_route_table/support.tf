resource "aws_vpc" "support" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_internet_gateway" "support" {
  vpc_id = aws_vpc.support.id
}
