# Outputs that come from one resource, from two, from none.

resource "terraform_data" "a" {
  input = 1
}

resource "terraform_data" "b" {
  input = 2
}

output "a" {
  value = terraform_data.a.output
}

output "both" {
  value = [terraform_data.a.output, terraform_data.b.output]
}

output "none" {
  value = 3
}
