resource "aws_subnet" "subject" {
  vpc_id            = aws_vpc.support.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "eu-central-1a"
}
