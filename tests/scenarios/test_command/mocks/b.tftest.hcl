mock_provider "terraform" {
  source = "./mocks"
}
run "a" {
  command = plan
  assert {
    condition     = output.r == "yes"
    error_message = "r"
  }
  assert {
    condition     = output.other == "o-x"
    error_message = "other"
  }
}
run "b" {
  assert {
    condition     = output.after == null && terraform_data.after.id == "fixed"
    error_message = "after"
  }
}
