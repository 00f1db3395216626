provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
}

variable "name" {
  type    = string
  default = "one"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"

  tags = { Name = var.name }
}

resource "aws_subnet" "main" {
  for_each = { a = 0, b = 1 }

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, each.value)
  availability_zone = "eu-central-1${each.key}"
}

output "subnets" {
  value = [for subnet in aws_subnet.main : subnet.cidr_block]
}
