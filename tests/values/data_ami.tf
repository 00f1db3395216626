data "aws_ami" "v0" {}

data "aws_ami" "v1" {
  executable_users = ["a"]
}

data "aws_ami" "v2" {
  executable_users = [""]
}

data "aws_ami" "v3" {
  executable_users = ["é"]
}

data "aws_ami" "v4" {
  id = "a"
}

data "aws_ami" "v5" {
  id = ""
}

data "aws_ami" "v6" {
  include_deprecated = true
}

data "aws_ami" "v7" {
  most_recent = true
}

data "aws_ami" "v8" {
  name_regex = "a"
}

data "aws_ami" "v9" {
  name_regex = ""
}

data "aws_ami" "v10" {
  name_regex = "x"
}

data "aws_ami" "v11" {
  name_regex = "X!"
}

data "aws_ami" "v12" {
  name_regex = "a/b"
}

data "aws_ami" "v13" {
  name_regex = "10.0.0.1/8"
}

data "aws_ami" "v14" {
  name_regex = "10.0.0.0/8"
}

data "aws_ami" "v15" {
  name_regex = "fd00::1/8"
}

data "aws_ami" "v16" {
  name_regex = "[]"
}

data "aws_ami" "v17" {
  name_regex = "[a"
}

data "aws_ami" "v18" {
  owners = [""]
}
