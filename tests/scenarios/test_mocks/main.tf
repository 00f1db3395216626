# What is wrong with the block of a provider does not matter to what stands in for it.
variable "proxy" {
  default = null
}

provider "tls" {
  proxy {
    url      = var.proxy
    username = "nobody"
  }
}

provider "tls" {
  alias = "second"
  proxy {
    from_env = true
  }
}

module "inner" {
  source    = "./inner"
  providers = { tls = tls.second }
}

resource "tls_private_key" "key" {
  algorithm = "ED25519"
}

output "pem" {
  value     = tls_private_key.key.private_key_pem
  sensitive = true
}

output "inner" {
  value = module.inner.id
}
