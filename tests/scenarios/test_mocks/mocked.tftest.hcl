mock_provider "tls" {
  mock_resource "tls_private_key" {
    defaults = { private_key_pem = "made up" }
  }
}

mock_provider "tls" {
  alias = "second"
  mock_resource "tls_private_key" {
    defaults = { id = "second" }
  }
}

run "made_up" {
  assert {
    condition     = output.pem == "made up" && output.inner == "second"
    error_message = "It was made."
  }
}
