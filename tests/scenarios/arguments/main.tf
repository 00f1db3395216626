variable "size" {
  default = 1
}

output "size" {
  value = var.size
}

module "child" {
  source = "./child"
}
