# What the names in the cases mean; tests/it/conformance/scope.rs says the same to rforge.

terraform {
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
  }
}

variable "secret" {
  type      = string
  default   = "hidden"
  sensitive = true
}

variable "secrets" {
  type      = list(string)
  default   = ["hidden"]
  sensitive = true
}

variable "token" {
  type      = string
  default   = "token"
  ephemeral = true
}

resource "terraform_data" "x" {}

locals {
  # Unknown: a value of any type, one of each simple type, a list, a set and a map of strings. None of them is known not to
  # be null, neither for the console nor while planning.
  u   = jsondecode(terraform_data.x.id)
  s   = tostring(local.u)
  n   = tonumber(local.s)
  b   = tobool(local.s)
  l   = split(",", local.s)
  set = toset(local.l)
  m   = zipmap(local.l, local.l)
  # A list that is known and has one string that is not.
  ul = tolist([local.s])
}

locals {
  template           = "<$${name}>"
  bad_template       = "<$${name"
  loop_template      = "%%{ for x in list ~}\n- $${x}\n%%{ endfor ~}\n"
  call_template      = "$${element(list, 0)}"
  string_template    = "$${templatestring(\"a\", {})}"
  recursive_template = "$${templatefile(\"files/one.tmpl\", {name = x})}"
}
