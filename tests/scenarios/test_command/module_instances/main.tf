variable "size" {
  type    = string
  default = "small"
}

module "counted" {
  source = "./mod"
  count  = 2
  size   = var.size
}

module "keyed" {
  source   = "./mod"
  for_each = toset(["east", "west"])
  size     = var.size
}

module "single" {
  source = "./mod"
  size   = var.size
}

resource "terraform_data" "after" {
  input            = module.single.size
  triggers_replace = [module.keyed["east"].size, module.counted[1].size]
}

output "sizes" {
  value = concat(module.counted[*].size, values(module.keyed)[*].size, [module.single.size])
}

output "depths" {
  value = concat(module.counted[*].depth, values(module.keyed)[*].depth, [module.single.depth])
}
