run "fail_plan" {
  command = plan
  assert {
    condition     = terraform_data.one.input == "y" || length(terraform_data.many) == 3
    error_message = "wrong input ${terraform_data.one.input}"
  }
  assert {
    condition     = terraform_data.one.output == "y"
    error_message = "unknown"
  }
  assert {
    condition     = var.name == "x" ? null : true
    error_message = "null"
  }
  assert {
    condition     = var.name
    error_message = "abc"
  }
}
run "undeclared" {
  command = plan
  assert {
    condition     = terraform_data.nope.output == "y"
    error_message = "undeclared"
  }
}
