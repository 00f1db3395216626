variable "a" {
  validation {
    condition = var.a == 2
    error_message = "y"
  }
}
output "a" {
  precondition {
    condition = var.a == 2
    error_message = "x"
  }
}
