resource "aws_route_table_association" "subject" {
  subnet_id      = aws_subnet.support.id
  route_table_id = aws_route_table.other.id
}
