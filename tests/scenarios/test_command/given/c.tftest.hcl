run "what_uses_it_says_nothing" {
  command = plan
  variables {
    cidr  = "10.0.0.0"
    zones = []
  }
  expect_failures = [var.cidr, var.zones]
}
