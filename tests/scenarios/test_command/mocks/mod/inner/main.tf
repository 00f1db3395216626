resource "terraform_data" "i" { input = "i" }
output "x" { value = terraform_data.i.output }
