data "aws_subnets" "v0" {}

data "aws_subnets" "v1" {
  id = "a"
}

data "aws_subnets" "v2" {
  id = ""
}

data "aws_subnets" "v3" {
  tags = { "k" = "a" }
}

data "aws_subnets" "v4" {
  filter {
    name   = "a"
    values = ["a"]
  }
}

data "aws_subnets" "v5" {
  filter {
    name   = "a"
    values = ["a"]
  }
  filter {
    name   = "a"
    values = ["a"]
  }
}
