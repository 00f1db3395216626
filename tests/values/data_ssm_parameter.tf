data "aws_ssm_parameter" "v0" {
  name  = "a"
  value = "x"
}

data "aws_ssm_parameter" "v1" {
  name = "a"
}

data "aws_ssm_parameter" "v2" {}

data "aws_ssm_parameter" "v3" {
  name  = ""
  value = "x"
}
