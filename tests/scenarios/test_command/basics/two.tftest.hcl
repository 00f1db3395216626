run "first" {
  command = plan
}
run "se" {
  command = plan
}
