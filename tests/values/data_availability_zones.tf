data "aws_availability_zones" "v0" {}

data "aws_availability_zones" "v1" {
  all_availability_zones = true
}

data "aws_availability_zones" "v2" {
  exclude_names = ["a"]
}

data "aws_availability_zones" "v3" {
  exclude_names = [""]
}

data "aws_availability_zones" "v4" {
  exclude_names = ["é"]
}

data "aws_availability_zones" "v5" {
  exclude_zone_ids = ["a"]
}

data "aws_availability_zones" "v6" {
  exclude_zone_ids = [""]
}

data "aws_availability_zones" "v7" {
  exclude_zone_ids = ["é"]
}

data "aws_availability_zones" "v8" {
  id = "a"
}

data "aws_availability_zones" "v9" {
  id = ""
}

data "aws_availability_zones" "v10" {
  state = "a"
}

data "aws_availability_zones" "v11" {
  state = ""
}

data "aws_availability_zones" "v12" {
  state = "available"
}

data "aws_availability_zones" "v13" {
  state = "constrained"
}

data "aws_availability_zones" "v14" {
  filter {
    name   = "a"
    values = ["a"]
  }
}

data "aws_availability_zones" "v15" {
  filter {
    name   = "a"
    values = ["a"]
  }
  filter {
    name   = "a"
    values = ["a"]
  }
}
