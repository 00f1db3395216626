variable "name" {}

resource "local_file" "inside" {
  filename = "inside-${var.name}.txt"
  content  = var.name
}
