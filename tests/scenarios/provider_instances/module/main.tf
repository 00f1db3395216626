terraform {
  required_providers {
    local = { source = "hashicorp/local" }
  }
}

variable "name" {}

resource "local_file" "inside" {
  filename = "inside-${var.name}.txt"
  content  = var.name
}
