variables {
  name = "b"
}
run "again" {
  command = plan
  assert {
    condition     = can(regex("^b-", local.full))
    error_message = "local ${local.full}"
  }
  assert {
    condition     = contains(keys(var.tags), "x")
    error_message = "Tags are ${jsonencode(var.tags)}, expected x."
  }
}
run "long" {
  command = plan
  variables { name = "averylongnameindeed" }
  expect_failures = [var.name]
}
