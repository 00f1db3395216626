run "apply_with_failing_plan" {
  variables { name = "pre" }
  expect_failures = [terraform_data.one]
}
run "next" {}
