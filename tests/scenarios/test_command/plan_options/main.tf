variable "a" { default = "default" }
resource "terraform_data" "x" { input = var.a }
resource "terraform_data" "p" {
  input = var.a
  provisioner "local-exec" {
    when    = destroy
    command = "exit 3"
  }
}
output "x" { value = terraform_data.x.output }
