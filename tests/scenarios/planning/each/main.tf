variable "x" {
  type = string
  validation {
    condition     = length(var.x) < 3
    error_message = "too long"
  }
}
resource "random_id" "r" {
  count       = 2
  byte_length = count.index + 1
}
output "y" { value = [for r in random_id.r : r.hex] }
