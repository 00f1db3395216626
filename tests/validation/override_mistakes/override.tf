terraform {
  required_version = ">= 1.0"
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
  }
}

variable "typed" {
  type = string
}

resource "terraform_data" "x" {
  provider = terraform
}

module "m" {
  source = "./m"
}
