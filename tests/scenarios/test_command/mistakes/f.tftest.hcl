run "one" {
  expect_failures = [check.nope]
}
run "b" {}
