resource "aws_route_table_association" "v0" {
  route_table_id = "a"
  subnet_id      = "subnet-1"
}

resource "aws_route_table_association" "v1" {
  route_table_id = "a"
}

resource "aws_route_table_association" "v2" {}

resource "aws_route_table_association" "v3" {
  route_table_id = "a"
  subnet_id      = "subnet-1"
  gateway_id     = "a"
}

resource "aws_route_table_association" "v4" {
  route_table_id = "a"
  subnet_id      = "subnet-1"
  gateway_id     = ""
}

resource "aws_route_table_association" "v5" {
  route_table_id = "a"
  subnet_id      = "subnet-1"
  id             = "a"
}

resource "aws_route_table_association" "v6" {
  route_table_id = "a"
  subnet_id      = "subnet-1"
  id             = ""
}

resource "aws_route_table_association" "v7" {
  route_table_id = ""
  subnet_id      = "subnet-1"
}

resource "aws_route_table_association" "v8" {
  route_table_id = "é"
  subnet_id      = "subnet-1"
}

resource "aws_route_table_association" "v9" {
  route_table_id = "a"
  subnet_id      = "a"
}

resource "aws_route_table_association" "v10" {
  route_table_id = "a"
  subnet_id      = ""
}

resource "aws_route_table_association" "v11" {
  route_table_id = "a"
  subnet_id      = "é"
}

resource "aws_route_table_association" "v12" {
  route_table_id = "a"
  gateway_id     = "a"
}

resource "aws_route_table_association" "v13" {
  route_table_id = "a"
  subnet_id      = "subnet-1"
  gateway_id     = null
}

resource "aws_route_table_association" "v14" {
  route_table_id = "a"
  subnet_id      = null
}
