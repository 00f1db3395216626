variable "size" {
  type = string
  validation {
    condition     = var.size != "invalid"
    error_message = "No such size."
  }
}

locals {
  digits = var.size == "number" ? tonumber("no ${var.size}") : 1
}

resource "terraform_data" "it" {
  input = var.size
  lifecycle {
    precondition {
      condition     = var.size != "unfit"
      error_message = "It does not fit."
    }
  }
}

check "known" {
  assert {
    condition     = var.size != "unknown"
    error_message = "Nobody knows it."
  }
}

module "inner" {
  source = "./inner"
  depth  = local.digits
}

output "size" {
  value = terraform_data.it.output
  precondition {
    condition     = var.size != "silent"
    error_message = "It tells nothing."
  }
}

output "depth" {
  value = module.inner.depth
}
