variable "name" { type = string }
variable "tags" {
  type    = map(string)
  default = {}
}
locals { full = "${var.name}-x" }
module "m" {
  source = "./mod"
  name   = local.full
}
resource "terraform_data" "each" {
  for_each = var.tags
  input    = each.value
}
output "id" {
  value = module.m.id
}
output "secret" {
  value     = "s-${var.name}"
  sensitive = true
}
