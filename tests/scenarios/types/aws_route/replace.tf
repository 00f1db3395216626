resource "aws_route" "subject" {
  route_table_id         = aws_route_table.support.id
  destination_cidr_block = "172.16.0.0/12"
  gateway_id             = aws_internet_gateway.support.id
}
