run "variable_holds" {
  command = plan
  variables {
    size = 7
  }
  expect_failures = [var.size]
  assert {
    condition     = var.size == 7 && output.size == null
    error_message = "Another one: ${jsonencode(output.size)}."
  }
}
run "variable_fails" {
  command = plan
  variables {
    size = 7
  }
  expect_failures = [var.size]
  assert {
    condition     = output.size == 1
    error_message = "Another one: ${jsonencode(output.size)}."
  }
}
run "null_for_later" {
  command = plan
  variables {
    size = 2
  }
  expect_failures = [check.known]
  assert {
    condition     = run.variable_holds.size == null
    error_message = "Another one: ${jsonencode(output.size)}."
  }
}
run "check_fails" {
  command = plan
  variables {
    size = 2
  }
  expect_failures = [check.known]
  assert {
    condition     = output.size == 1
    error_message = "Another one: ${jsonencode(output.size)}."
  }
}
run "precondition_holds" {
  command = plan
  variables {
    size = 3
  }
  expect_failures = [terraform_data.it]
  assert {
    condition     = output.size == 3
    error_message = "Another one: ${jsonencode(output.size)}."
  }
}
run "precondition_fails" {
  command = plan
  variables {
    size = 3
  }
  expect_failures = [terraform_data.it]
  assert {
    condition     = output.size == 1
    error_message = "Another one: ${jsonencode(output.size)}."
  }
}
