data "aws_caller_identity" "v0" {}

data "aws_caller_identity" "v1" {
  id = "a"
}

data "aws_caller_identity" "v2" {
  id = ""
}

data "aws_caller_identity" "v3" {
  id = "é"
}

data "aws_caller_identity" "v4" {
  id = "x"
}
