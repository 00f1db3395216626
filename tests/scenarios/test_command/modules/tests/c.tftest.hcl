variables {
  name = "c"
}
run "one" {
  module { source = "./tests/setup" }
  assert {
    condition     = terraform_data.s.output == "other"
    error_message = "is ${terraform_data.s.output}"
  }
}
run "two" {
  module { source = "./mod" }
  assert {
    condition     = output.id == "c" && terraform_data.t.input == "d"
    error_message = "in module"
  }
}
run "three" {}
run "four" {
  command = plan
  variables { name = "d" }
  assert {
    condition     = module.m.id == "d"
    error_message = "unknown"
  }
}
