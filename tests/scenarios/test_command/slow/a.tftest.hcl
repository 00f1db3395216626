run "made" {}

run "planned" {
  command = plan
}
