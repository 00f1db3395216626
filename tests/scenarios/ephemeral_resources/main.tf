terraform {
  required_providers {
    random = { source = "hashicorp/random" }
    tls    = { source = "hashicorp/tls" }
  }
}

variable "length" { default = 20 }

resource "random_integer" "length" {
  min = var.length
  max = var.length
}

ephemeral "random_password" "known" {
  length           = var.length
  min_special      = 2
  override_special = "!"

  lifecycle {
    postcondition {
      condition     = length(self.result) < 100
      error_message = "That is too long."
    }
  }
}

# Opened when the number is known.
ephemeral "random_password" "later" {
  for_each = toset(["a", "b"])
  length   = random_integer.length.result
  special  = false
}

ephemeral "tls_private_key" "key" {
  algorithm = "ED25519"
}

module "secrets" {
  source   = "./secrets"
  password = ephemeral.random_password.later["a"].result
}

resource "terraform_data" "done" {
  input = random_integer.length.result

  lifecycle {
    precondition {
      condition     = length(module.secrets.twice) == 2 * var.length
      error_message = "The password has another length."
    }
  }
}

check "passwords" {
  assert {
    condition     = ephemeral.random_password.later["a"].result != ephemeral.random_password.later["b"].result
    error_message = "They are the same."
  }
  assert {
    condition     = startswith(ephemeral.tls_private_key.key.public_key_openssh, "ssh-ed25519 ")
    error_message = "Not a key of that kind."
  }
}

output "nothing" {
  value     = ephemeralasnull(ephemeral.random_password.known.result)
  sensitive = true
}
