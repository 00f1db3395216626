run "one" {
  expect_failures = [check.later]
  variables { a = local.x }
}
