variable "vpc" {}
variable "sub" {}
resource "aws_subnet" "in" {
  vpc_id     = var.vpc
  cidr_block = "10.0.1.0/24"
}
resource "terraform_data" "free" {}
module "deep" {
  source = "./deep"
  id     = aws_subnet.in.id
}
output "out" { value = module.deep.id }
