run "one" {
  expect_failures = [check.later]
  assert {
    condition     = output.zzz == 1
    error_message = "zzz"
  }
}
