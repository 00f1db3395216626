resource "aws_eip" "v0" {}

resource "aws_eip" "v1" {
  address = "a"
}

resource "aws_eip" "v2" {
  address = ""
}

resource "aws_eip" "v3" {
  address = "é"
}

resource "aws_eip" "v4" {
  associate_with_private_ip = "a"
}

resource "aws_eip" "v5" {
  associate_with_private_ip = ""
}

resource "aws_eip" "v6" {
  associate_with_private_ip = "é"
}

resource "aws_eip" "v7" {
  customer_owned_ipv4_pool = "a"
}

resource "aws_eip" "v8" {
  customer_owned_ipv4_pool = ""
}

resource "aws_eip" "v9" {
  customer_owned_ipv4_pool = "é"
}

resource "aws_eip" "v10" {
  domain = "a"
}

resource "aws_eip" "v11" {
  domain = ""
}

resource "aws_eip" "v12" {
  domain = "vpc"
}

resource "aws_eip" "v13" {
  domain = "standard"
}

resource "aws_eip" "v14" {
  id = "a"
}

resource "aws_eip" "v15" {
  id = ""
}

resource "aws_eip" "v16" {
  instance = "a"
}

resource "aws_eip" "v17" {
  instance = ""
}

resource "aws_eip" "v18" {
  vpc = true
}

resource "aws_eip" "v19" {
  domain = "a"
  vpc    = true
}
