run "one" {
  command = plan
}
run "two" {
  command         = plan
  expect_failures = [check.later]
}
run "three" {
  expect_failures = [check.later]
  assert {
    condition     = output.secret == "default"
    error_message = "x"
  }
  assert {
    condition     = output.secret == "def"
    error_message = "x${output.secret}"
  }
}
run "four" {
  expect_failures = [check.later]
}
