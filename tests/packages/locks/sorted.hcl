# mine
provider "registry.terraform.io/hashicorp/aws" {
 version = "1.0.0"
 constraints = "~> 1.0"
 hashes = [ "zh:00", "h1:LPw2x1AuFYgGyMLRRE13AKi6QvSLKd+zTSKMdz3+Nm0=", "zh:00",
  "foo:bar", "x:a\"b" ]
}
provider "example.com/acme/x" {
 version = "1.0.0"
}
provider "example.com/acme/m" {
 version = "1.0.0-beta.1+build"
 constraints = "1.0.0-beta.1+build"
}
