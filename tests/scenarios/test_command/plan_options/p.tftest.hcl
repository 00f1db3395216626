run "one" {
  command = plan
  plan_options {
    refresh = false
    target  = [terraform_data.x]
    replace = [terraform_data.x]
  }
}
run "two" {
  state_key = "other"
  plan_options {
    target = [terraform_data.x]
  }
}
run "three" {
  state_key = "other"
  command   = plan
  plan_options {
    replace = [terraform_data.x]
    target  = [terraform_data.x]
  }
}
run "two_again" {
  command = plan
  plan_options {
    target = [terraform_data.p]
  }
}
run "four" {
  command = plan
  assert {
    condition     = run.two_again.x == null
    error_message = "is ${run.two_again.x}"
  }
}
