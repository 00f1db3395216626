variable "name" {
  type    = string
  default = "x"
}
variable "need" { type = number }
resource "terraform_data" "one" {
  input = var.name
}
output "name" { value = terraform_data.one.output }
output "n" { value = var.need }
check "c" {
  assert {
    condition     = var.name != "bad"
    error_message = "bad name"
  }
}
