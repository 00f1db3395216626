data "aws_region" "v0" {}

data "aws_region" "v1" {
  endpoint = "a"
}

data "aws_region" "v2" {
  endpoint = ""
}

data "aws_region" "v3" {
  endpoint = "é"
}

data "aws_region" "v4" {
  id = "a"
}

data "aws_region" "v5" {
  id = ""
}

data "aws_region" "v6" {
  id = "é"
}

data "aws_region" "v7" {
  name = "a"
}

data "aws_region" "v8" {
  name = ""
}

data "aws_region" "v9" {
  name = "é"
}

data "aws_region" "v10" {
  id = "x"
}
