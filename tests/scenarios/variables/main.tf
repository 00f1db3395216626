variable "number" {
  type    = number
  default = 1
}

variable "map" {
  type    = map(string)
  default = {}
}

variable "secrets" {
  type      = map(string)
  default   = {}
  sensitive = true
}

output "number" {
  value = var.number
}

output "map" {
  value = var.map
}
