run "of_a_count" {
  state_key = "of_a_count"
  override_module {
    target  = module.counted[1]
    outputs = { size = "fake", depth = 7 }
  }

  assert {
    condition     = output.sizes == null
    error_message = jsonencode([output.sizes, output.depths])
  }
}
run "of_a_key" {
  state_key = "of_a_key"
  override_module {
    target  = module.keyed["west"]
    outputs = { size = "fake" }
  }

  assert {
    condition     = output.sizes == null
    error_message = jsonencode([output.sizes, output.depths])
  }
}
run "all_of_a_count" {
  state_key = "all_of_a_count"
  override_module {
    target  = module.counted
    outputs = { size = "fake" }
  }

  assert {
    condition     = output.sizes == null
    error_message = jsonencode([output.sizes, output.depths])
  }
}
run "inner_of_one" {
  state_key = "inner_of_one"
  override_module {
    target  = module.keyed["east"].module.inner
    outputs = { depth = 9 }
  }

  assert {
    condition     = output.sizes == null
    error_message = jsonencode([output.sizes, output.depths])
  }
}
run "inner_of_all" {
  state_key = "inner_of_all"
  override_module {
    target  = module.keyed.module.inner
    outputs = { depth = 9 }
  }

  assert {
    condition     = output.sizes == null
    error_message = jsonencode([output.sizes, output.depths])
  }
}
run "none_there" {
  state_key = "none_there"
  override_module {
    target  = module.keyed["south"]
    outputs = { size = "fake" }
  }

  assert {
    condition     = output.sizes == null
    error_message = jsonencode([output.sizes, output.depths])
  }
}
run "no_outputs" {
  state_key = "no_outputs"
  override_module {
    target  = module.counted[0]
    outputs = {}
  }

  assert {
    condition     = output.sizes == null
    error_message = jsonencode([output.sizes, output.depths])
  }
}
run "both" {
  state_key = "both"
  override_module {
    target  = module.keyed
    outputs = { size = "all" }
  }
  override_module {
    target  = module.keyed["east"]
    outputs = { size = "one" }
  }
  assert {
    condition     = output.sizes == null
    error_message = jsonencode([output.sizes, output.depths])
  }
}
run "resource" {
  state_key = "resource"
  override_module {
    target  = module.counted[0]
    outputs = { size = "fake" }
  }
  override_resource {
    target = module.keyed["west"].terraform_data.it
    values = { output = "fake too", id = "x" }
  }
  override_resource {
    target = module.keyed.terraform_data.it
    values = { output = "never" }
  }
  assert {
    condition     = output.sizes == null
    error_message = jsonencode([output.sizes, output.depths])
  }
}
