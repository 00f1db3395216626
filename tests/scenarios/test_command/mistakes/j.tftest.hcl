run "one" {
  expect_failures = [check.later]
  assert {
    condition     = terraform_data.x.nope == 1
    error_message = "zzz"
  }
  assert {
    condition     = output.x + 1 == 1
    error_message = "zzz"
  }
}
