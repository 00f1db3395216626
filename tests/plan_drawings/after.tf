variable "given" { default = "after" }
locals { name = var.given }
resource "terraform_data" "first" { input = "first" }
resource "terraform_data" "counted" {
  count = 2
  input = terraform_data.first.id
}
resource "terraform_data" "keyed" {
  for_each = toset(["key"])
  input    = "${terraform_data.counted[0].id} ${local.name}"
  lifecycle { create_before_destroy = true }
}
resource "terraform_data" "replaced" { triggers_replace = local.name }
resource "terraform_data" "new" { input = terraform_data.replaced.id }
output "id" { value = terraform_data.keyed["key"].id }
