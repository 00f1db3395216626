variable "id" {}
resource "terraform_data" "d" { input = var.id }
output "id" { value = terraform_data.d.id }
