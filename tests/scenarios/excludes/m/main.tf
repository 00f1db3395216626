variable "in" {}
resource "terraform_data" "x" {
  input = 3
}
resource "terraform_data" "y" {
  input = var.in
}
