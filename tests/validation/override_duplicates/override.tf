terraform {
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
  }
  backend "local" {
    path = "x"
  }
  provider_meta "terraform" {
  }
}
