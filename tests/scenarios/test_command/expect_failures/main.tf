variable "name" {
  type    = string
  default = "x"
  validation {
    condition     = var.name != "invalid"
    error_message = "invalid name"
  }
}
variable "secret" {
  type      = string
  default   = "s3"
  sensitive = true
}
resource "terraform_data" "one" {
  input = var.name
  lifecycle {
    precondition {
      condition     = var.name != "pre"
      error_message = "pre failed"
    }
    postcondition {
      condition     = self.output != "post"
      error_message = "post failed"
    }
  }
}
resource "terraform_data" "many" {
  count = 2
  input = count.index
}
output "name" {
  value = terraform_data.one.output
  precondition {
    condition     = var.name != "out"
    error_message = "out failed"
  }
}
output "many" { value = terraform_data.many[*].output }
check "c" {
  assert {
    condition     = var.name != "bad"
    error_message = "bad name"
  }
}
