variable "regions" {
  type    = set(string)
  default = ["eu", "us"]
}
variable "retired" {
  type    = set(string)
  default = []
}
variable "constant" { default = "eu" }

# The provider has the regions that are about to go, too: it destroys what is in them.
provider "local" {
  alias    = "by_region"
  for_each = setunion(var.regions, var.retired)
}

resource "local_file" "each" {
  for_each = var.regions
  provider = local.by_region[each.key]
  filename = "${each.key}.txt"
  content  = each.key
}

resource "local_file" "constant" {
  provider = local.by_region[var.constant]
  filename = "constant.txt"
  content  = "constant"
}

data "local_file" "back" {
  for_each   = var.regions
  provider   = local.by_region[each.key]
  filename   = "${each.key}.txt"
  depends_on = [local_file.each]
}

module "each" {
  source    = "./module"
  for_each  = var.regions
  providers = { local = local.by_region[each.key] }
  name      = each.key
}

output "back" {
  value = { for key, file in data.local_file.back : key => file.content }
}
