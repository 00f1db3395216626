variable "template" {
  default = "Hello, $${name}! You are $${size + 1}, $${upper(\"x\")}, $${file(\"templates/plain\")}"
}

data "template_file" "it" {
  template = var.template
  vars = {
    name = "World"
    size = 41
    none = null
  }
}

data "template_file" "empty" {}

data "template_cloudinit_config" "it" {
  gzip          = false
  base64_encode = false

  part {
    content_type = "text/cloud-config"
    content      = data.template_file.it.rendered
  }

  part {
    content  = "two"
    filename = "two.txt"
  }
}

data "template_cloudinit_config" "packed" {
  part {
    content = "two"
  }
}

resource "template_dir" "it" {
  source_dir      = "templates"
  destination_dir = "made/templates"
  vars            = { name = "World" }
}

output "rendered" {
  value = data.template_file.it.rendered
}

output "packed" {
  value = data.template_cloudinit_config.packed.rendered
}
