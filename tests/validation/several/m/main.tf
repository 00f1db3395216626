variable "given" {
  type = number
}
variable "needed" {}
resource "terraform_data" "undeclared" {
  input = var.nope
}
resource "terraform_data" "unsupported" {
  inputs   = var.given
  triggers = 1
}
output "each" {
  value = each.value
}
