run "one" {
  assert {
    condition     = var.secret == "x"
    error_message = "secret"
  }
  assert {
    condition     = output.name == "nope"
    error_message = "multi\nline"
  }
  assert {
    condition     = alltrue([for it in terraform_data.many : it.output > 5])
    error_message = "for"
  }
}
run "two" {
  command = plan
  variables { name = "${run.one.name}-2" }
  assert {
    condition     = terraform_data.one.input == "x-2" && run.one.many[0] == 1
    error_message = "again"
  }
}
