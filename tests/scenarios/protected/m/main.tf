variable "protected" {
  type = bool
}

resource "terraform_data" "kept" {
  lifecycle {
    prevent_destroy = var.protected
  }
}
