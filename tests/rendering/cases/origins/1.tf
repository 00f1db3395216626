resource "terraform_data" "old" {
  input = "x"
}
resource "terraform_data" "stays" {
  input = "x"
}
resource "aws_vpc" "forgotten" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_vpc" "both" {
  cidr_block = "10.2.0.0/16"
}
