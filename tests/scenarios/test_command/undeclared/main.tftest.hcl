run "one" {
  command = plan
}

run "two" {
  variables {
    a = 2
  }
}
