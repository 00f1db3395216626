terraform {
  required_providers {
    chance = { source = "hashicorp/random" }
  }
}

resource "random_pet" "a" {
  provider = chance
}

resource "null_resource" "a" {}
