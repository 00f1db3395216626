data "aws_regions" "v0" {}

data "aws_regions" "v1" {
  all_regions = true
}

data "aws_regions" "v2" {
  id = "a"
}

data "aws_regions" "v3" {
  id = ""
}

data "aws_regions" "v4" {
  id = "é"
}

data "aws_regions" "v5" {
  filter {
    name   = "a"
    values = ["a"]
  }
}

data "aws_regions" "v6" {
  id = "x"
}

data "aws_regions" "v7" {
  filter {
    name   = "a"
    values = ["a"]
  }
  filter {
    name   = "a"
    values = ["a"]
  }
}
