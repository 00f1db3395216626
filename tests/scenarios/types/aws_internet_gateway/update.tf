resource "aws_internet_gateway" "subject" {
  vpc_id = aws_vpc.support.id

  tags = { Name = "gateway" }
}
