run "applied" {

  variables {
    size = 2
  }
  expect_failures = [check.known]
  assert {
    condition     = output.size == 1
    error_message = "Another one: ${jsonencode(output.size)}."
  }
}
