mock_provider "terraform" {}
run "unsuitable" {
  override_resource {
    target = terraform_data.after
    values = { id = ["x"] }
  }
}
