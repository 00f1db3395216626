variables {
  a  = "file"
  n  = "5"
  zz = [1, "x"]
  q  = "${var.a}-q"
}
run "one" {
  variables { l = [var.a, "y", var.zz[0]] }
  assert {
    condition     = output.a == "file" && output.n == 5 && output.l == tolist(["file", "y", "1"]) && var.q == "w"
    error_message = "got ${output.a}"
  }
}
run "two" {
  variables { a = "${run.one.a}2" }
  assert {
    condition     = output.a == "file2"
    error_message = "got ${output.a}"
  }
}
run "three" {
  variables { a = run.nope.a }
}
run "four" {
  variables { a = run.one.nope }
}
