variable "a" { default = "default" }
resource "terraform_data" "x" { input = var.a }
check "later" {
  assert {
    condition     = terraform_data.x.output == "zz"
    error_message = "later"
  }
}
output "x" { value = terraform_data.x.output }
output "secret" {
  value     = sensitive(var.a)
  sensitive = true
}
