variable "secret" {
  default   = true
  sensitive = true
}

variable "none" {
  type    = bool
  default = null
}

variable "text" {
  default = "maybe"
}

variable "edition" {
  default = "first"
}

resource "terraform_data" "first" {
  triggers_replace = var.edition
}

locals {
  later = terraform_data.first.id != "x"
}

resource "terraform_data" "secret" {
  triggers_replace = var.edition
  lifecycle {
    prevent_destroy = var.secret
  }
}

resource "terraform_data" "none" {
  triggers_replace = var.edition
  lifecycle {
    prevent_destroy = var.none
  }
}

resource "terraform_data" "text" {
  triggers_replace = var.edition
  lifecycle {
    prevent_destroy = var.text
  }
}

resource "terraform_data" "later" {
  triggers_replace = var.edition
  lifecycle {
    prevent_destroy = local.later
  }
}
