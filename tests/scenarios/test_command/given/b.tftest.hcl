run "by_the_run" {
  command = plan
  variables {
    cidr = "10.0.0.0"
  }
}
