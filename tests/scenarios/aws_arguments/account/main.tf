variable "allowed" {
  type = set(string)
}

provider "aws" {
  allowed_account_ids = var.allowed
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_vpc" "other" {
  cidr_block = "10.21.0.0/16"
}
