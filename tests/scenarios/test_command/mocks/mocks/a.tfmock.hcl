mock_resource "terraform_data" {
  defaults = { id = "fixed" }
}
mock_data "terraform_remote_state" {
  defaults = { outputs = "yes" }
}
