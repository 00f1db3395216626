variables {
  zones = []
}

run "by_the_file" {
  command = plan
}
