override_module {
  target  = module.m
  outputs = { id = "made-up" }
}
override_resource {
  target = terraform_data.nope
}
override_data {
  target = data.terraform_remote_state.r
  values = { outputs = { a = 1 } }
}
run "plan" {
  command = plan
  assert {
    condition     = output.id == "made-up" && output.r.a == 1
    error_message = "id"
  }
  assert {
    condition     = output.other == null && output.inner == null
    error_message = "others"
  }
}
run "apply" {
  override_resource {
    target = terraform_data.after
    values = { id = "fixed", output = 5 }
  }
  override_resource {
    target = module.many[1].terraform_data.t
    values = { id = "second" }
  }
  assert {
    condition     = output.id == "made-up" && output.after == 5
    error_message = "id"
  }
  assert {
    condition     = output.many[1] == "second" && length(output.many[0]) == 36
    error_message = "many is ${jsonencode(output.many)}"
  }
  assert {
    condition     = output.r == "x" && output.after == "y"
    error_message = "r"
  }
}
