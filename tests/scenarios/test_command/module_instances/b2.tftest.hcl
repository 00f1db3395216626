variables {
  size = "number"
}

override_module {
  target  = module.keyed
  outputs = { size = "fake" }
}

override_module {
  target  = module.single
  outputs = { size = "fake" }
}

run "none_is_looked_into" {
  state_key = "none_is_looked_into"
  override_module {
    target  = module.counted
    outputs = { size = "fake" }
  }
}

run "one_is" {
  state_key = "one_is"
  override_module {
    target  = module.counted[1]
    outputs = { size = "fake" }
  }
}
