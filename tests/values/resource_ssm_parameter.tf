resource "aws_ssm_parameter" "v0" {
  name  = "a"
  type  = "String"
  value = "x"
}

resource "aws_ssm_parameter" "v1" {
  name = "a"
  type = "String"
}

resource "aws_ssm_parameter" "v2" {}

resource "aws_ssm_parameter" "v3" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "a"
}

resource "aws_ssm_parameter" "v4" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = ""
}

resource "aws_ssm_parameter" "v5" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "x"
}

resource "aws_ssm_parameter" "v6" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "X!"
}

resource "aws_ssm_parameter" "v7" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "a/b"
}

resource "aws_ssm_parameter" "v8" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "10.0.0.1/8"
}

resource "aws_ssm_parameter" "v9" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "10.0.0.0/8"
}

resource "aws_ssm_parameter" "v10" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "fd00::1/8"
}

resource "aws_ssm_parameter" "v11" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "10.0.0.0/33"
}

resource "aws_ssm_parameter" "v12" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "::1"
}

resource "aws_ssm_parameter" "v13" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "arn:"
}

resource "aws_ssm_parameter" "v14" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "arn:aws:iam::123456789012:role/x"
}

resource "aws_ssm_parameter" "v15" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "arn:a!:iam:zz:12:"
}

resource "aws_ssm_parameter" "v16" {
  name            = "a"
  type            = "String"
  value           = "x"
  allowed_pattern = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_ssm_parameter" "v17" {
  name      = "a"
  type      = "String"
  value     = "x"
  data_type = "a"
}

resource "aws_ssm_parameter" "v18" {
  name      = "a"
  type      = "String"
  value     = "x"
  data_type = ""
}

resource "aws_ssm_parameter" "v19" {
  name        = "a"
  type        = "String"
  value       = "x"
  description = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_ssm_parameter" "v20" {
  name  = "a"
  type  = "String"
  value = "x"
  id    = "a"
}

resource "aws_ssm_parameter" "v21" {
  name  = "a"
  type  = "String"
  value = "x"
  id    = ""
}

resource "aws_ssm_parameter" "v22" {
  name           = "a"
  type           = "String"
  value          = "x"
  insecure_value = "a"
}

resource "aws_ssm_parameter" "v23" {
  name           = "a"
  type           = "String"
  value          = "x"
  insecure_value = ""
}

resource "aws_ssm_parameter" "v24" {
  name  = ""
  type  = "String"
  value = "x"
}

resource "aws_ssm_parameter" "v25" {
  name  = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  type  = "String"
  value = "x"
}

resource "aws_ssm_parameter" "v26" {
  name  = "a"
  type  = "String"
  value = "x"
  tier  = "a"
}

resource "aws_ssm_parameter" "v27" {
  name  = "a"
  type  = "String"
  value = "x"
  tier  = ""
}

resource "aws_ssm_parameter" "v28" {
  name  = "a"
  type  = ""
  value = "x"
}

resource "aws_ssm_parameter" "v29" {
  name  = "a"
  type  = "x"
  value = "x"
}

resource "aws_ssm_parameter" "v30" {
  name     = "a"
  type     = "String"
  value    = "x"
  value_wo = "a"
}

resource "aws_ssm_parameter" "v31" {
  name     = "a"
  type     = "String"
  value    = "x"
  value_wo = ""
}

resource "aws_ssm_parameter" "v32" {
  name             = "a"
  type             = "String"
  value            = "x"
  value_wo_version = 1
}

resource "aws_ssm_parameter" "v33" {
  name             = "a"
  type             = "String"
  value            = "x"
  value_wo_version = -2
}

resource "aws_ssm_parameter" "v34" {
  name           = "a"
  type           = "String"
  insecure_value = "a"
  value_wo       = "a"
}

resource "aws_ssm_parameter" "v35" {
  name  = "a"
  type  = "String"
  value = null
}

resource "aws_ssm_parameter" "v36" {
  name     = "a"
  type     = "String"
  value_wo = "a"
}

resource "aws_ssm_parameter" "v37" {
  name             = "a"
  type             = "String"
  value_wo_version = 1
}

resource "aws_ssm_parameter" "v38" {
  name             = "a"
  type             = "String"
  insecure_value   = "a"
  value            = "a"
  value_wo         = "a"
  value_wo_version = 1
}
