terraform {
  required_providers {
    cloud = {
      source                = "hashicorp/aws"
      version               = ">=5.0.0,~>5.4"
      configuration_aliases = [cloud.west]
    }
  }
}
module "deep" { source = "./n" }
resource "terraform_data" "a" {}
resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
  provider   = cloud.west
}
