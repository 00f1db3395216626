# While it is made, others look at the state, and some want to change it.
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "sh ./meanwhile.sh"
  }
}

resource "terraform_data" "next" {
  input = terraform_data.slow.id
}

output "next" {
  value = terraform_data.next.output == terraform_data.slow.id
}
