mock_provider "terraform" {
  mock_data "terraform_remote_state" {
    defaults = { outputs = "yes" }
  }
  override_resource {
    target          = module.m.terraform_data.t
    override_during = plan
    values          = { id = "known" }
  }
}
run "a" {
  command = plan
  assert {
    condition     = output.id == "known"
    error_message = "id"
  }
  assert {
    condition     = output.after == "unknown"
    error_message = "after"
  }
}
