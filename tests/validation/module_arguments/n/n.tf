variable "v" {
  type = bool
}
