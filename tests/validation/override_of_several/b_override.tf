terraform {
  backend "local" {
    path = "two.tfstate"
  }
}
