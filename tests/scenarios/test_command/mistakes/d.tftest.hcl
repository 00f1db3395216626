run "one" {
  expect_failures = [check.later]
  assert {
    condition     = var.zzz == 1
    error_message = "zzz"
  }
}
