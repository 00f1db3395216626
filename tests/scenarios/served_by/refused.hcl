rollouts {}

provider "chance" {
  natve = ["random_pet"]
}

providers "null" { native = false }

provider "null" {
  native { }
}
