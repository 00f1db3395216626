resource "aws_nat_gateway" "v0" {
  subnet_id = "a"
}

resource "aws_nat_gateway" "v1" {}

resource "aws_nat_gateway" "v2" {
  subnet_id     = "a"
  allocation_id = "a"
}

resource "aws_nat_gateway" "v3" {
  subnet_id     = "a"
  allocation_id = ""
}

resource "aws_nat_gateway" "v4" {
  subnet_id     = "a"
  allocation_id = "é"
}

resource "aws_nat_gateway" "v5" {
  subnet_id         = "a"
  connectivity_type = "a"
}

resource "aws_nat_gateway" "v6" {
  subnet_id         = "a"
  connectivity_type = ""
}

resource "aws_nat_gateway" "v7" {
  subnet_id         = "a"
  connectivity_type = "private"
}

resource "aws_nat_gateway" "v8" {
  subnet_id         = "a"
  connectivity_type = "public"
}

resource "aws_nat_gateway" "v9" {
  subnet_id = "a"
  id        = "a"
}

resource "aws_nat_gateway" "v10" {
  subnet_id = "a"
  id        = ""
}

resource "aws_nat_gateway" "v11" {
  subnet_id  = "a"
  private_ip = "a"
}

resource "aws_nat_gateway" "v12" {
  subnet_id  = "a"
  private_ip = ""
}

resource "aws_nat_gateway" "v13" {
  subnet_id                = "a"
  secondary_allocation_ids = ["a"]
}

resource "aws_nat_gateway" "v14" {
  subnet_id                = "a"
  secondary_allocation_ids = [""]
}

resource "aws_nat_gateway" "v15" {
  subnet_id                = "a"
  secondary_allocation_ids = ["é"]
}

resource "aws_nat_gateway" "v16" {
  subnet_id                          = "a"
  secondary_private_ip_address_count = 1
}

resource "aws_nat_gateway" "v17" {
  subnet_id                          = "a"
  secondary_private_ip_address_count = -2
}

resource "aws_nat_gateway" "v18" {
  subnet_id                          = "a"
  secondary_private_ip_address_count = -1
}

resource "aws_nat_gateway" "v19" {
  subnet_id                          = "a"
  secondary_private_ip_address_count = 0
}

resource "aws_nat_gateway" "v20" {
  subnet_id                          = "a"
  secondary_private_ip_address_count = 3
}

resource "aws_nat_gateway" "v21" {
  subnet_id                          = "a"
  secondary_private_ip_address_count = 0.5
}

resource "aws_nat_gateway" "v22" {
  subnet_id                          = "a"
  secondary_private_ip_address_count = 1
  secondary_private_ip_addresses     = ["a"]
}
