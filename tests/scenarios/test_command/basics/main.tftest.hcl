variables {
  need = 3
}
run "first" {
  command = plan
  assert {
    condition     = terraform_data.one.input == "x"
    error_message = "wrong input"
  }
}
run "second" {
  variables {
    name = "bad"
  }
  assert {
    condition     = output.name == "y" && var.name == "z"
    error_message = "wrong ${output.name}"
  }
}
run "third" {
  variables {
    need = run.second.n + 1
  }
  assert {
    condition     = output.n == 5
    error_message = "wrong ${output.name}"
  }
  assert {
    condition     = output.n == 4
    error_message = "wrong ${output.name}"
  }
}
