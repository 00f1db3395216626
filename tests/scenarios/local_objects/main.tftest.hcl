# Terraform's tests stand beside a configuration without being part of it.

run "anything" {
  command = plan
}
