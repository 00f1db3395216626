terraform {
  required_version = ">= 5.0"
  backend "s3" {}
  cloud {}
}
