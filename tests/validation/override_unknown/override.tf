resource "terraform_data" "a" {
  input = 2
  input = 3
}
foo {}
bar = 1
resource "terraform_data" {}
resource "terraform_data" "a" {
  triggers_replace = 2
}
