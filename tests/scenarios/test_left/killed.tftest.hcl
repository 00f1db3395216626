run "dies" {
  variables {
    deadly = true
  }
}
