variable "v" { default = "1" }
variable "names" {
  type    = set(string)
  default = ["a", "b"]
}
resource "terraform_data" "base" {
  input            = var.v
  triggers_replace = var.v
  lifecycle { create_before_destroy = true }
}
resource "terraform_data" "each" {
  for_each = var.names
  input    = { name = each.key, base = terraform_data.base.id }
}
resource "terraform_data" "trig" {
  input = "t"
  lifecycle { replace_triggered_by = [terraform_data.base] }
}
resource "random_password" "secret" { length = 12 }
resource "terraform_data" "ign" {
  input = var.v
  lifecycle { ignore_changes = [input] }
}
module "each" {
  source   = "./each"
  for_each = var.names
  x        = each.key
}
output "o" {
  value = module.each["a"].y
}
output "secret" {
  value     = random_password.secret.result
  sensitive = true
}
check "c" {
  assert {
    condition     = var.v == "1"
    error_message = "v is not 1"
  }
}
