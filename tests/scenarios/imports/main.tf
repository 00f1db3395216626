# Which instances there are, a data source says.
data "terraform_remote_state" "network" {
  backend = "local"
  config  = { path = "zones.json" }
}

locals {
  zones = data.terraform_remote_state.network.outputs.zones
}

resource "terraform_data" "each" {
  for_each = toset(local.zones)
}

resource "terraform_data" "counted" {
  count = length(local.zones)
}

resource "terraform_data" "first" {
  input = 1
}

# What an object of state says as well.
resource "terraform_data" "of_object" {
  count = terraform_data.first.output
}

module "m" {
  source   = "./m"
  for_each = toset(local.zones)
}
