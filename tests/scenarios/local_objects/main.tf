resource "terraform_data" "first" {
  input = { name = "first", size = 1 }
}

resource "terraform_data" "second" {
  count = 2
  input = "${terraform_data.first.output.name}-${count.index}"
}

output "names" {
  value = terraform_data.second[*].output
}
