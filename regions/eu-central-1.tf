module "agent-eu-central-1" {
  source = "./modules/agent"
  region = "eu-central-1"

  name           = var.name
  cidr_block     = "10.20.30.0/24"
  initial_deploy = var.initial_deploy
  commands       = var.commands
}

output "agent-eu-central-1" {
  value = module.agent-eu-central-1
}
