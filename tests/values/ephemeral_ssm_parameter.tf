ephemeral "aws_ssm_parameter" "v0" {
  arn = "arn:aws:ssm:us-east-1:123456789012:parameter/x"
}

ephemeral "aws_ssm_parameter" "v1" {
  arn = "arn:aws:ssm:us-east-1:123456789012:parameter/x"
}

ephemeral "aws_ssm_parameter" "v2" {}

ephemeral "aws_ssm_parameter" "v3" {
  arn = ""
}

ephemeral "aws_ssm_parameter" "v4" {
  arn = "x"
}

ephemeral "aws_ssm_parameter" "v5" {
  arn = "X!"
}

ephemeral "aws_ssm_parameter" "v6" {
  arn = "a/b"
}

ephemeral "aws_ssm_parameter" "v7" {
  arn = "10.0.0.1/8"
}

ephemeral "aws_ssm_parameter" "v8" {
  arn = "10.0.0.0/8"
}

ephemeral "aws_ssm_parameter" "v9" {
  arn = "fd00::1/8"
}

ephemeral "aws_ssm_parameter" "v10" {
  arn = "10.0.0.0/33"
}

ephemeral "aws_ssm_parameter" "v11" {
  arn = "::1"
}

ephemeral "aws_ssm_parameter" "v12" {
  arn = "arn:"
}

ephemeral "aws_ssm_parameter" "v13" {
  arn = "arn:aws:iam::123456789012:role/x"
}

ephemeral "aws_ssm_parameter" "v14" {
  arn = "arn:a!:iam:zz:12:"
}

ephemeral "aws_ssm_parameter" "v15" {
  arn = "{\"a\":1,\"a\":2}"
}

ephemeral "aws_ssm_parameter" "v16" {
  arn = "{\"a\""
}

ephemeral "aws_ssm_parameter" "v17" {
  arn = "[]"
}

ephemeral "aws_ssm_parameter" "v18" {
  arn = "\"x\""
}

ephemeral "aws_ssm_parameter" "v19" {
  arn = "-1"
}

ephemeral "aws_ssm_parameter" "v20" {
  arn = "0"
}

ephemeral "aws_ssm_parameter" "v21" {
  arn = "1.5"
}

ephemeral "aws_ssm_parameter" "v22" {
  arn = "1h"
}

ephemeral "aws_ssm_parameter" "v23" {
  arn = "TCP"
}

ephemeral "aws_ssm_parameter" "v24" {
  arn = "a b"
}

ephemeral "aws_ssm_parameter" "v25" {
  arn = "é"
}

ephemeral "aws_ssm_parameter" "v26" {
  arn = "2020-01-01"
}

ephemeral "aws_ssm_parameter" "v27" {
  arn = "lt-A!"
}

ephemeral "aws_ssm_parameter" "v28" {
  arn = "sg-1"
}

ephemeral "aws_ssm_parameter" "v29" {
  arn = "[a"
}

ephemeral "aws_ssm_parameter" "v30" {
  arn = "aws:foo"
}

ephemeral "aws_ssm_parameter" "v31" {
  arn = "true"
}

ephemeral "aws_ssm_parameter" "v32" {
  arn = "t"
}

ephemeral "aws_ssm_parameter" "v33" {
  arn = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

ephemeral "aws_ssm_parameter" "v34" {
  arn = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

ephemeral "aws_ssm_parameter" "v35" {
  arn             = "arn:aws:ssm:us-east-1:123456789012:parameter/x"
  with_decryption = true
}
