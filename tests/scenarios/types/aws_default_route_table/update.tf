resource "aws_default_route_table" "subject" {
  default_route_table_id = aws_vpc.support.default_route_table_id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.support.id
  }

  tags = { Name = "default" }
}
