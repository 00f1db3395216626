resource "aws_iam_instance_profile" "v0" {}

resource "aws_iam_instance_profile" "v1" {
  id = "a"
}

resource "aws_iam_instance_profile" "v2" {
  id = ""
}

resource "aws_iam_instance_profile" "v3" {
  name = "a"
}

resource "aws_iam_instance_profile" "v4" {
  name = ""
}

resource "aws_iam_instance_profile" "v5" {
  name = "x"
}

resource "aws_iam_instance_profile" "v6" {
  name = "X!"
}

resource "aws_iam_instance_profile" "v7" {
  name = "a/b"
}

resource "aws_iam_instance_profile" "v8" {
  name = "-1"
}

resource "aws_iam_instance_profile" "v9" {
  name = "0"
}

resource "aws_iam_instance_profile" "v10" {
  name = "1.5"
}

resource "aws_iam_instance_profile" "v11" {
  name = "1h"
}

resource "aws_iam_instance_profile" "v12" {
  name = "TCP"
}

resource "aws_iam_instance_profile" "v13" {
  name = "2020-01-01"
}

resource "aws_iam_instance_profile" "v14" {
  name = "sg-1"
}

resource "aws_iam_instance_profile" "v15" {
  name = "true"
}

resource "aws_iam_instance_profile" "v16" {
  name = "t"
}

resource "aws_iam_instance_profile" "v17" {
  name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_instance_profile" "v18" {
  name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_instance_profile" "v19" {
  name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_instance_profile" "v20" {
  name_prefix = ""
}

resource "aws_iam_instance_profile" "v21" {
  name_prefix = "X!"
}

resource "aws_iam_instance_profile" "v22" {
  name_prefix = "a/b"
}

resource "aws_iam_instance_profile" "v23" {
  name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_instance_profile" "v24" {
  name        = "a"
  name_prefix = "a"
}
