terraform {
  required_providers {
    null = {
      source                = "terraform.io/builtin/terraform"
      configuration_aliases = [null.bar]
    }
  }
}

resource "terraform_data" "x" {
  provider = null.bar
}
