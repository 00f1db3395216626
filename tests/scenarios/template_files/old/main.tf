resource "template_file" "it" {
  template = "Hello, $${name}!"
  vars     = { name = "World" }
}

resource "template_cloudinit_config" "it" {
  gzip          = false
  base64_encode = false
  part {
    content = template_file.it.rendered
  }
}
