variable "depth" {
  type = number
}

resource "terraform_data" "it" {
  input = var.depth
}

output "depth" {
  value = terraform_data.it.output
}
