terraform {
  provider_meta "terraform" {
    a = 2
  }
  provider_meta "terraform" {
    a = 3
  }
}
