variable "version_of" {
  default = "one"
}

resource "terraform_data" "host" {
  input            = var.version_of
  triggers_replace = var.version_of

  provisioner "local-exec" {
    when    = destroy
    command = "echo farewell, ${self.input}; test ! -e stuck"
  }

  lifecycle {
    create_before_destroy = true
  }
}
