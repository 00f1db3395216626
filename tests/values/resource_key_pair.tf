resource "aws_key_pair" "v0" {
  public_key = "ssh-rsa AAAA"
}

resource "aws_key_pair" "v1" {}

resource "aws_key_pair" "v2" {
  public_key = "ssh-rsa AAAA"
  id         = "a"
}

resource "aws_key_pair" "v3" {
  public_key = "ssh-rsa AAAA"
  id         = ""
}

resource "aws_key_pair" "v4" {
  public_key = "ssh-rsa AAAA"
  key_name   = "a"
}

resource "aws_key_pair" "v5" {
  public_key = "ssh-rsa AAAA"
  key_name   = ""
}

resource "aws_key_pair" "v6" {
  public_key = "ssh-rsa AAAA"
  key_name   = "x"
}

resource "aws_key_pair" "v7" {
  public_key = "ssh-rsa AAAA"
  key_name   = "X!"
}

resource "aws_key_pair" "v8" {
  public_key = "ssh-rsa AAAA"
  key_name   = "a/b"
}

resource "aws_key_pair" "v9" {
  public_key = "ssh-rsa AAAA"
  key_name   = "10.0.0.1/8"
}

resource "aws_key_pair" "v10" {
  public_key = "ssh-rsa AAAA"
  key_name   = "10.0.0.0/8"
}

resource "aws_key_pair" "v11" {
  public_key = "ssh-rsa AAAA"
  key_name   = "fd00::1/8"
}

resource "aws_key_pair" "v12" {
  public_key = "ssh-rsa AAAA"
  key_name   = "10.0.0.0/33"
}

resource "aws_key_pair" "v13" {
  public_key = "ssh-rsa AAAA"
  key_name   = "::1"
}

resource "aws_key_pair" "v14" {
  public_key = "ssh-rsa AAAA"
  key_name   = "arn:"
}

resource "aws_key_pair" "v15" {
  public_key = "ssh-rsa AAAA"
  key_name   = "arn:aws:iam::123456789012:role/x"
}

resource "aws_key_pair" "v16" {
  public_key = "ssh-rsa AAAA"
  key_name   = "arn:a!:iam:zz:12:"
}

resource "aws_key_pair" "v17" {
  public_key = "ssh-rsa AAAA"
  key_name   = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_key_pair" "v18" {
  public_key = "ssh-rsa AAAA"
  key_name   = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_key_pair" "v19" {
  public_key      = "ssh-rsa AAAA"
  key_name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_key_pair" "v20" {
  public_key      = "ssh-rsa AAAA"
  key_name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_key_pair" "v21" {
  public_key      = "ssh-rsa AAAA"
  key_name        = "a"
  key_name_prefix = "a"
}
