variable "size" {
  type    = number
  default = 1
  validation {
    condition     = var.size < 5
    error_message = "Too large."
  }
}

resource "terraform_data" "it" {
  input = var.size
  lifecycle {
    precondition {
      condition     = var.size != 3
      error_message = "It does not fit."
    }
  }
}

check "known" {
  assert {
    condition     = var.size != 2
    error_message = "Nobody knows it."
  }
}

output "size" {
  value = var.size
}

output "id" {
  value = terraform_data.it.id
}
