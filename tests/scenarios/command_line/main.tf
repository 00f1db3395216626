variable "size" {
  type        = number
  description = "How big it is."

  validation {
    condition     = var.size < 10
    error_message = "It does not fit."
  }
}

variable "secret" {
  default   = "hunter2"
  sensitive = true
}

resource "terraform_data" "box" {
  input            = { size = var.size, secret = var.secret }
  triggers_replace = var.size > 5
}

output "size" {
  value = terraform_data.box.output.size
}

output "secret" {
  value     = var.secret
  sensitive = true
}

output "notes" {
  value = ["a", "b\nc"]
}
