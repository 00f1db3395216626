variable "token" {
  type      = string
  ephemeral = true
}

variable "mode" {
  type      = string
  ephemeral = true
  default   = "quick"
}

variable "name" { default = "n" }

resource "terraform_data" "it" { input = var.name }
