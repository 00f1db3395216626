run "one" {
  variables { a = run.two.a }
}
run "two" {}
