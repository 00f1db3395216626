module "agent-us-west-2" {
  source = "./modules/agent"
  region = "us-west-2"

  name           = var.name
  cidr_block     = "10.20.31.0/24"
  initial_deploy = var.initial_deploy
  commands       = var.commands
}

output "agent-us-west-2" {
  value = module.agent-us-west-2
}
