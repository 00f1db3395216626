variable "size" { default = 3 }
variable "unset" { type = list(string) }
variable "secret" {
  default   = "hunter2"
  sensitive = true
}
locals {
  sizes = [var.size, 2]
  names = [for name, it in terraform_data.each : "${name} ${it.output}"]
}
resource "terraform_data" "each" {
  for_each = { x = var.size, y = 2 }
  input    = each.value
}
module "each" {
  source   = "./each"
  for_each = toset(["p"])
  name     = each.key
}
