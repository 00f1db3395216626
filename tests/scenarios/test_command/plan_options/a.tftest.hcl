run "one" {
}
run "two" {
  command = plan
  plan_options {
    mode   = refresh-only
    target = [terraform_data.x]
  }
}
