terraform {
  backend "local" {
    path = "one.tfstate"
  }
  backend "local" {
    path = "two.tfstate"
  }
}
