run "setup" {
  module {
    source = "./tests/setup"
  }
}
run "use" {
  variables {
    name = run.setup.made
    tags = { a = 1, b = run.setup.made }
  }
  assert {
    condition     = module.m.id == "made-x" && local.full == "made-x"
    error_message = "module"
  }
  assert {
    condition     = terraform_data.each["b"].output == "made" && length(terraform_data.each) == 2
    error_message = "each"
  }
  assert {
    condition     = output.secret == "nope"
    error_message = "secret is wrong"
  }
  assert {
    condition     = terraform_data.each["c"].output == "made"
    error_message = "each"
  }
}
