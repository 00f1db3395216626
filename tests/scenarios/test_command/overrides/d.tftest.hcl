mock_provider "terraform" {
  alias = "mocked"
}
provider "terraform" {
}
run "all" {
  command = plan
  providers = {
    terraform = terraform.mocked
  }
}
run "wrong" {
  command = plan
  providers = {
    terraform = terraform.nope
  }
}
