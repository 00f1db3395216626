terraform {
  cloud {
    organization = "a"
    workspaces {
      name = "x"
    }
  }
}
terraform {
  cloud {
    organization = "b"
    workspaces {
      name = "y"
    }
  }
}
