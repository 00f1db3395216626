resource "terraform_data" "name" { input = terraform.workspace }
output "name" { value = terraform_data.name.output }
