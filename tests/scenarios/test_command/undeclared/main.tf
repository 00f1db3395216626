variable "a" {
  default = 1
}

output "z" {
  value = nope.x.y
}
