terraform {
  required_providers {
    null = {
      source  = "hashicorp/null"
      version = "~> 3.1"
    }
    random = "3.5.1"
  }
}

resource "random_id" "one" {
  byte_length = 4
}

module "child" {
  source = "./modules/child"
}
