moved {
  from = terraform_data.old
  to   = terraform_data.new
}
resource "terraform_data" "new" {
  input = "x"
}
moved {
  from = terraform_data.stays
  to   = terraform_data.went
}
resource "terraform_data" "went" {
  input = "y"
}
removed {
  from = aws_vpc.forgotten
  lifecycle {
    destroy = false
  }
}
resource "aws_vpc" "both" {
  cidr_block = "10.2.0.0/16"
}
data "aws_vpcs" "found" {
  filter {
    name   = "is-default"
    values = ["false"]
  }
}
import {
  to = aws_vpc.imported
  id = tolist(setsubtract(data.aws_vpcs.found.ids, [aws_vpc.both.id]))[0]
}
resource "aws_vpc" "imported" {
  cidr_block = "10.0.0.0/16"
}
