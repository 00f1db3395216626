variable "name" {
  validation {
    condition     = length(var.name) < 12
    error_message = "Too long."
  }
}
resource "terraform_data" "t" { input = var.name }
output "id" { value = terraform_data.t.output }
