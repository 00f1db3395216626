resource "terraform_data" "made" {
  input = "first"
}

resource "terraform_data" "held" {
  input = terraform_data.made.output

  provisioner "local-exec" {
    when    = destroy
    command = "test -e allowed"
  }
}

variable "deadly" {
  default = false
}

resource "terraform_data" "deadly" {
  count      = var.deadly ? 1 : 0
  depends_on = [terraform_data.held]

  provisioner "local-exec" {
    command = "kill -9 $PPID"
  }
}
