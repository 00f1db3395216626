resource "aws_nat_gateway" "subject" {
  allocation_id = aws_eip.support.id
  subnet_id     = aws_subnet.support.id

  tags = { Name = "nat" }

  depends_on = [aws_internet_gateway.support]
}
