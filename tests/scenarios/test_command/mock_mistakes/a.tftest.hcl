override_resource {
  target          = terraform_data.after
  override_during = foo
}
override_module {
  target = terraform_data.after
}
override_resource {
  target = module.m
}
override_data {
  target = terraform_data.x
}
override_resource {
  target = terraform_data.after.x
  bar    = 1
}
override_resource {
  target = terraform_data.x
  values = { id = var.name }
}
override_resource {
  values = {}
}
override_module {
  target  = module.x
  outputs = 3
}
override_resource {
  target = terraform_data.y
}
override_resource {
  target = terraform_data.y
  values = 3
}
override_resource {
  target = terraform_data.z
}
override_resource {
  target = terraform_data.z
}
mock_provider "terraform" {
  alias           = "x"
  override_during = plan
  mock_resource "terraform_data" {
    override_during = apply
    defaults        = { id = "a" }
    x               = 1
  }
  mock_resource "terraform_data" {}
  mock_data "terraform_remote_state" {
    defaults = 1
  }
  mock_data {}
  foo = 1
}
mock_provider "terraform" {
  alias = "x"
}
mock_provider "terraform" {}
mock_provider "terraform" {}
run "x" {
  parallel = true
  assert {
    condition = true
  }
}
test {
  parallel = true
}
