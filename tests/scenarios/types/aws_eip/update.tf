resource "aws_eip" "subject" {
  domain = "vpc"

  tags = { Name = "address" }
}
