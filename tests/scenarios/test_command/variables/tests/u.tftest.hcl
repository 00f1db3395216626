run "one" {
  assert {
    condition     = output.a == "hm"
    error_message = "got ${output.a}"
  }
}
run "m" {
  module { source = "./mod" }
}
