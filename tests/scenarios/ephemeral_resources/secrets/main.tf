variable "password" {
  type      = string
  ephemeral = true
}

output "twice" {
  value     = "${var.password}${var.password}"
  ephemeral = true
}
