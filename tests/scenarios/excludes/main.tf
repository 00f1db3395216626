resource "terraform_data" "net" {
  input = 1
}
resource "terraform_data" "host" {
  count = 2
  input = terraform_data.net.output
}
resource "terraform_data" "alone" {
  input = 5
}
resource "terraform_data" "user" {
  input = terraform_data.host[1].id
}
module "m" {
  source = "./m"
  in     = terraform_data.net.output
}
output "net" { value = terraform_data.net.output }
output "host" { value = terraform_data.host[*].output }
output "none" { value = 3 }
