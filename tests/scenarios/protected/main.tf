variable "protected" {
  type    = bool
  default = true
}

variable "instances" {
  default = 2
}

variable "edition" {
  default = "first"
}

locals {
  protected = var.protected && terraform.workspace == "default"
}

resource "terraform_data" "vault" {
  triggers_replace = var.edition

  lifecycle {
    prevent_destroy = local.protected
  }
}

module "m" {
  source    = "./m"
  count     = var.instances
  protected = var.protected
}
