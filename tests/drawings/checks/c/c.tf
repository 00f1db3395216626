variable "v" { default = 1 }
data "terraform_remote_state" "r" {
  backend = "local"
  config  = { path = "x" }
}
output "x" { value = 1 }
