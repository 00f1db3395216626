resource "tls_private_key" "key" {
  algorithm = "ED25519"
}

output "id" {
  value = tls_private_key.key.id
}
