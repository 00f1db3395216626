resource "aws_route_table" "subject" {
  vpc_id = aws_vpc.support.id

  route {
    cidr_block = "192.168.0.0/16"
    gateway_id = aws_internet_gateway.support.id
  }

  route {
    cidr_block = "172.16.0.0/12"
    gateway_id = aws_internet_gateway.support.id
  }

  tags = { Name = "table" }
}
