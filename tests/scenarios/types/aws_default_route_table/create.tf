resource "aws_default_route_table" "subject" {
  default_route_table_id = aws_vpc.support.default_route_table_id
  route                  = []
}
