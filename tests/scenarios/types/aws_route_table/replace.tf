resource "aws_route_table" "subject" {
  vpc_id = aws_vpc.other.id
}

resource "aws_vpc" "other" {
  cidr_block = "10.30.0.0/16"
}
