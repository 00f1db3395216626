variable "unused" { default = 1 }
variable "used" { default = 1 }
locals {
  unused = var.used
  a      = 1
}
provider "aws" { region = "eu-central-1" }
resource "terraform_data" "a" { input = local.a }
resource "terraform_data" "b" {
  input      = terraform_data.a.id
  depends_on = [terraform_data.c]
}
resource "terraform_data" "c" { input = terraform_data.a.output }
module "c" {
  source     = "./c"
  depends_on = [terraform_data.b]
}
check "k" {
  assert {
    condition     = terraform_data.a.id != ""
    error_message = "x"
  }
}
output "plain" { value = 1 }
