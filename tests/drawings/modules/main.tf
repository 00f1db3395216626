terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}
provider "aws" { region = "eu-central-1" }
provider "aws" {
  alias  = "west"
  region = var.region
}
variable "region" { default = "us-west-2" }
locals { n = aws_vpc.a.id }
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "b" {
  count      = 2
  cidr_block = "10.0.0.0/16"
  provider   = aws.west
}
data "aws_region" "here" {}
resource "aws_subnet" "s" {
  vpc_id     = local.n
  cidr_block = "10.0.0.0/24"
  tags       = { r = data.aws_region.here.name }
}
resource "terraform_data" "t" {
  input      = module.m["x"].out
  depends_on = [module.m]
}
module "m" {
  for_each = toset(["x"])
  source   = "./m"
  vpc      = aws_vpc.a.id
  sub      = aws_subnet.s.id
}
output "o" { value = module.m["x"].out }
output "p" { value = aws_subnet.s.id }
