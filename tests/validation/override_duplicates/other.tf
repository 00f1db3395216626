terraform {
  required_providers {
  }
  backend "local" {
  }
  provider_meta "terraform" {
  }
  provider_meta "terraform" {
  }
}
