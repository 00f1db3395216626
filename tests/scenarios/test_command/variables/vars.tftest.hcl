run "auto" {
  assert {
    condition     = output.a == "auto"
    error_message = "got ${output.a}"
  }
}
run "cli" {
  variables { a = "run" }
  assert {
    condition     = output.a == "run"
    error_message = "got ${output.a}"
  }
}
run "undeclared" {
  variables { zzz = "run" }
  assert {
    condition     = var.zzz == "run" && var.a == "foo"
    error_message = "got ${var.zzz}"
  }
}
run "mod" {
  module { source = "./mod" }
  variables { b = run.cli.a }
  assert {
    condition     = output.b == "run"
    error_message = "got ${output.b}"
  }
}
run "badtype" {
  variables { n = "abc" }
}
run "afterbad" {}
