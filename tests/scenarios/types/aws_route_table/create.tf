resource "aws_route_table" "subject" {
  vpc_id = aws_vpc.support.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.support.id
  }
}
