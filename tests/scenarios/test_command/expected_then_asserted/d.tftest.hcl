run "applied" {

  variables {
    size = 3
  }
  expect_failures = [terraform_data.it]
  assert {
    condition     = output.size == 1
    error_message = "Another one: ${jsonencode(output.size)}."
  }
}
