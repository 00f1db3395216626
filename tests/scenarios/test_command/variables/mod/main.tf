variable "b" { default = "bdefault" }
output "b" { value = var.b }
