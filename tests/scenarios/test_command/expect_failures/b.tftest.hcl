run "expected_var" {
  command = plan
  variables { name = "invalid" }
  expect_failures = [var.name]
}
run "expected_pre" {
  command = plan
  variables { name = "pre" }
  expect_failures = [terraform_data.one]
}
run "expected_post" {
  variables { name = "post" }
  expect_failures = [terraform_data.one]
}
run "expected_out" {
  command = plan
  variables { name = "out" }
  expect_failures = [output.name]
}
run "expected_check" {
  variables { name = "bad" }
  expect_failures = [check.c]
}
run "missing" {
  variables { name = "fine" }
  expect_failures = [check.c]
}
