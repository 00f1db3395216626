provider "" {
}
provider "a b/c/d" {
}
provider "aws" {
}
provider "Example.com/acme/x" {
}
provider "terraform.io/builtin/terraform" {
}
provider "registry.terraform.io/-/aws" {
}
provider "a/b/c/d" {
}
