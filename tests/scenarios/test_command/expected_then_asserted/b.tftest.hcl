run "unknown" {
  command = plan
  variables {
    size = 3
  }
  expect_failures = [terraform_data.it]
  assert {
    condition     = terraform_data.it.input == 1
    error_message = "Another one: ${jsonencode(output.size)}."
  }
}
