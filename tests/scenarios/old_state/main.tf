resource "random_password" "first" {
  length  = 8
  special = false
}

resource "random_string" "second" {
  length  = 8
  number  = false
  special = false
}

resource "tls_private_key" "third" {
  algorithm   = "ECDSA"
  ecdsa_curve = "P256"
}

output "forms" {
  value = startswith(nonsensitive(tls_private_key.third.private_key_pem_pkcs8), "-----BEGIN PRIVATE KEY-----")
}

output "hashed" {
  value = startswith(nonsensitive(random_password.first.bcrypt_hash), "$2a$10$")
}
