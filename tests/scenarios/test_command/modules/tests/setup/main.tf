resource "terraform_data" "s" { input = "made" }
output "made" { value = terraform_data.s.output }
