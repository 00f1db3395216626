variable "version_of" {
  type    = string
  default = "one"
}

variable "token" {
  type      = string
  sensitive = true
  default   = "hush"
}

resource "terraform_data" "host" {
  input            = "web"
  triggers_replace = var.version_of

  provisioner "local-exec" {
    command     = "echo \"$GREETING, ${self.input}\" | tee greeting; echo aside >&2"
    environment = { GREETING = "hello" }
  }

  # Evaluated when the one before it is done.
  provisioner "local-exec" {
    interpreter = ["/bin/sh", "-e", "-c"]
    command     = "echo 'it said: ${fileexists("greeting") ? trimspace(file("greeting")) : "nothing"}'"
    quiet       = true
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo farewell, ${self.input}"
  }
}

resource "terraform_data" "checked" {
  count = 1
  input = terraform_data.host.id

  provisioner "local-exec" {
    command    = "echo checking ${count.index}; exit 3"
    on_failure = continue
  }

  lifecycle {
    replace_triggered_by = [terraform_data.host]
  }
}

resource "terraform_data" "secret" {
  depends_on = [terraform_data.checked]

  provisioner "local-exec" {
    command     = "echo ${var.token}"
    working_dir = path.module
  }
}
