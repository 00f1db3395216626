variable "x" {
  default = 1
  bad = 2
}
resource "terraform_data" "a" {
  count = 1
  for_each = {}
}
module "n" {
  source = "./n"
}
