terraform {
  required_version = ">= 1.0"
  required_providers {
    tf = { source = "terraform.io/builtin/terraform" }
  }
}
terraform {
  backend "local" {
    path = "one.tfstate"
  }
}
