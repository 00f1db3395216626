resource "terraform_data" "it" {
  provisioner "local-exec" {
    command = "sleep 2.5"
  }
  provisioner "local-exec" {
    when    = destroy
    command = "sleep 2.5"
  }
}
