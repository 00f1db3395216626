run "one" {
  expect_failures = [check.later]
  variables { b = timestamp() }
  assert {
    condition     = terraform_data.zzz.x == 1
    error_message = "zzz"
  }
}
