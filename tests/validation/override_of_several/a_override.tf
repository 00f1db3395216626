terraform {
  required_version = ">= 1.0"
  required_providers {
    tf = { source = "terraform.io/builtin/terraform" }
  }
}
terraform {
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
  }
  backend "local" {
    path = "one.tfstate"
  }
}
