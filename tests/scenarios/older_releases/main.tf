terraform {
  required_providers {
    random = { source = "hashicorp/random", version = "~> 2.2" }
    null   = { source = "hashicorp/null", version = "= 2.1.2" }
    tls    = { source = "hashicorp/tls", version = ">= 3.0, < 3" }
  }
}

resource "random_pet" "name" {
}

resource "random_id" "id" {
  byte_length = 2
}

resource "null_resource" "done" {
}
