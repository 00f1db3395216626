variable "x" {
  default     = [1]
  description = "d"
  sensitive   = true
}
module "a" {
  source   = "./m"
  for_each = toset(["p"])
  size     = length(var.x)
  who      = each.key
}
resource "terraform_data" "r" {
  for_each   = { a = 1 }
  input      = "${module.a["p"].out} ${local.z}"
  depends_on = [module.a]
}
locals { z = "1" }
output "all" {
  value       = { for k, v in module.a : k => v.out }
  description = "x"
  depends_on  = [terraform_data.r]
}
