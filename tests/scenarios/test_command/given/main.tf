variable "zones" {
  type    = list(string)
  default = ["a"]
  validation {
    condition     = length(var.zones) > 0
    error_message = "There has to be a zone."
  }
}

variable "cidr" {
  type    = string
  default = "10.0.0.0/16"
  validation {
    condition     = can(cidrhost(var.cidr, 0))
    error_message = "This is no range of addresses."
  }
}

locals {
  first  = var.zones[0]
  ranges = [for at in [0, 1] : cidrsubnet(var.cidr, 2, at)]
  count  = length(local.ranges)
}

resource "terraform_data" "range" {
  count = local.count
  input = local.ranges[count.index]
}

output "first" {
  value = local.first
}

output "zones" {
  value = var.zones
}
