run "null_in_template" {
  command = plan
  variables {
    size = 7
  }
  expect_failures = [var.size]
  assert {
    condition     = var.size == 1
    error_message = "Another one: ${output.size}."
  }
}
