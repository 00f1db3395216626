resource "aws_internet_gateway" "v0" {}

resource "aws_internet_gateway" "v1" {
  id = "a"
}

resource "aws_internet_gateway" "v2" {
  id = ""
}

resource "aws_internet_gateway" "v3" {
  tags = { "k" = "a" }
}

resource "aws_internet_gateway" "v4" {
  tags_all = { "k" = "a" }
}

resource "aws_internet_gateway" "v5" {
  vpc_id = "a"
}

resource "aws_internet_gateway" "v6" {
  vpc_id = ""
}

resource "aws_internet_gateway" "v7" {
  vpc_id = "é"
}

resource "aws_internet_gateway" "v8" {
  tags = { "" = "x" }
}

resource "aws_internet_gateway" "v9" {
  tags = { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" = "x" }
}

resource "aws_internet_gateway" "v10" {
  tags = { "x" = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
}

resource "aws_internet_gateway" "v11" {
  tags = { "aws:x" = "y" }
}

resource "aws_internet_gateway" "v12" {
  tags = { "x" = null }
}

resource "aws_internet_gateway" "v13" {
  tags = { "x" = 1 }
}
