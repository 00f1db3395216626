provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true

  default_tags {
    tags = var.tags
  }
}
