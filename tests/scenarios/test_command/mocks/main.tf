module "m" {
  source = "./mod"
  name   = "x"
}
module "many" {
  source = "./mod"
  count  = 2
  name   = "n${count.index}"
}
resource "terraform_data" "after" { input = module.m.id }
data "terraform_remote_state" "r" {
  backend = "local"
  config  = { path = "nope.tfstate" }
}
output "id" { value = module.m.id }
output "other" { value = module.m.other }
output "inner" { value = module.m.inner }
output "many" { value = module.many[*].id }
output "after" { value = terraform_data.after.output }
output "r" { value = data.terraform_remote_state.r.outputs }
output "after_id" { value = terraform_data.after.id }
