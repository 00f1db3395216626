variable "a" { default = "default" }
variable "n" {
  type    = number
  default = 1
}
variable "l" {
  type    = list(string)
  default = []
}
output "a" { value = var.a }
output "n" { value = var.n }
output "l" { value = var.l }
