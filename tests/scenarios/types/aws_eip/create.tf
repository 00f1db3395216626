resource "aws_eip" "subject" {
  domain = "vpc"
}
