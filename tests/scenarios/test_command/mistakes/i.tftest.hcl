run "one" {
  expect_failures = [check.later]
  assert {
    condition     = run.xx.x == 1
    error_message = "zzz"
  }
}
