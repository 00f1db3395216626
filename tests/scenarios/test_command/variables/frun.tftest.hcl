variables {
  a = run.one.n
}
run "one" {
  variables { a = "x" }
}
run "two" {
  assert {
    condition     = output.a == 1
    error_message = "got ${output.a}"
  }
}
