variable "size" {}
variable "who" { type = string }
module "inner" {
  source = "../n"
  count  = 2
  v      = "${var.who}-${count.index}"
}
resource "terraform_data" "t" {
  count = var.size
  input = var.who
}
output "out" {
  value = terraform_data.t[0].id
}
