terraform {
  required_version = ">= 8.0"
  required_providers {
    tf = { source = "terraform.io/builtin/null" }
  }
  backend "local" {
    path = "base.tfstate"
  }
}
