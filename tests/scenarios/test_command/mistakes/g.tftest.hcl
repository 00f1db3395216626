run "one" {
  expect_failures = [local.x]
}
