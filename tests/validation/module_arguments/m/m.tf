variable "v" {}
module "n" {
  source = "../n"
  v      = var.v
}
