variable "v" {}
resource "terraform_data" "deep" {
  input = var.v
}
