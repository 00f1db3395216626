terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "vpc" {}
variable "range" {}

resource "aws_subnet" "main" {
  count      = 2
  vpc_id     = var.vpc
  cidr_block = cidrsubnet(var.range, 2, count.index)
}
