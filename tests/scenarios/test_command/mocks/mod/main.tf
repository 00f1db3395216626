variable "name" {}
resource "terraform_data" "t" { input = var.name }
module "inner" { source = "./inner" }
output "id" { value = terraform_data.t.id }
output "other" { value = "o-${var.name}" }
output "inner" { value = module.inner.x }
