mock_provider "terraform" {}
run "made_up" {
  assert {
    condition     = length(terraform_data.after.id) == 8 && data.terraform_remote_state.r.outputs == null
    error_message = "made up"
  }
}
run "kept" {
  assert {
    condition     = terraform_data.after.id == run.made_up.after_id
    error_message = "made up"
  }
}
