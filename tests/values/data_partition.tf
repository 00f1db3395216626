data "aws_partition" "v0" {}

data "aws_partition" "v1" {
  id = "a"
}

data "aws_partition" "v2" {
  id = ""
}

data "aws_partition" "v3" {
  id = "é"
}

data "aws_partition" "v4" {
  id = "x"
}
