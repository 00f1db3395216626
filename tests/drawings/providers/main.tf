terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5, < 6.0,!=5.1.0"
    }
  }
}
provider "aws" {
  alias  = "there"
  region = terraform_data.where.output
}
resource "terraform_data" "where" { input = "us-west-2" }
module "n" {
  source    = "./m"
  providers = { cloud.west = aws.there }
}
