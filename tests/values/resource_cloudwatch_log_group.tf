resource "aws_cloudwatch_log_group" "v0" {}

resource "aws_cloudwatch_log_group" "v1" {
  id = "a"
}

resource "aws_cloudwatch_log_group" "v2" {
  id = ""
}

resource "aws_cloudwatch_log_group" "v3" {
  kms_key_id = "a"
}

resource "aws_cloudwatch_log_group" "v4" {
  kms_key_id = ""
}

resource "aws_cloudwatch_log_group" "v5" {
  kms_key_id = "é"
}

resource "aws_cloudwatch_log_group" "v6" {
  log_group_class = "a"
}

resource "aws_cloudwatch_log_group" "v7" {
  log_group_class = ""
}

resource "aws_cloudwatch_log_group" "v8" {
  log_group_class = "STANDARD"
}

resource "aws_cloudwatch_log_group" "v9" {
  log_group_class = "DELIVERY"
}

resource "aws_cloudwatch_log_group" "v10" {
  name = "a"
}

resource "aws_cloudwatch_log_group" "v11" {
  name = ""
}

resource "aws_cloudwatch_log_group" "v12" {
  name = "x"
}

resource "aws_cloudwatch_log_group" "v13" {
  name = "X!"
}

resource "aws_cloudwatch_log_group" "v14" {
  name = "a/b"
}

resource "aws_cloudwatch_log_group" "v15" {
  name = "10.0.0.1/8"
}

resource "aws_cloudwatch_log_group" "v16" {
  name = "10.0.0.0/8"
}

resource "aws_cloudwatch_log_group" "v17" {
  name = "fd00::1/8"
}

resource "aws_cloudwatch_log_group" "v18" {
  name = "10.0.0.0/33"
}

resource "aws_cloudwatch_log_group" "v19" {
  name = "::1"
}

resource "aws_cloudwatch_log_group" "v20" {
  name = "arn:"
}

resource "aws_cloudwatch_log_group" "v21" {
  name = "arn:aws:iam::123456789012:role/x"
}

resource "aws_cloudwatch_log_group" "v22" {
  name = "arn:a!:iam:zz:12:"
}

resource "aws_cloudwatch_log_group" "v23" {
  name = "{\"a\":1,\"a\":2}"
}

resource "aws_cloudwatch_log_group" "v24" {
  name = "{\"a\""
}

resource "aws_cloudwatch_log_group" "v25" {
  name = "[]"
}

resource "aws_cloudwatch_log_group" "v26" {
  name = "\"x\""
}

resource "aws_cloudwatch_log_group" "v27" {
  name = "-1"
}

resource "aws_cloudwatch_log_group" "v28" {
  name = "0"
}

resource "aws_cloudwatch_log_group" "v29" {
  name = "a b"
}

resource "aws_cloudwatch_log_group" "v30" {
  name = "é"
}

resource "aws_cloudwatch_log_group" "v31" {
  name = "lt-A!"
}

resource "aws_cloudwatch_log_group" "v32" {
  name = "[a"
}

resource "aws_cloudwatch_log_group" "v33" {
  name = "aws:foo"
}

resource "aws_cloudwatch_log_group" "v34" {
  name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_cloudwatch_log_group" "v35" {
  name_prefix = ""
}

resource "aws_cloudwatch_log_group" "v36" {
  name_prefix = "X!"
}

resource "aws_cloudwatch_log_group" "v37" {
  name_prefix = "fd00::1/8"
}

resource "aws_cloudwatch_log_group" "v38" {
  name_prefix = "::1"
}

resource "aws_cloudwatch_log_group" "v39" {
  name_prefix = "arn:"
}

resource "aws_cloudwatch_log_group" "v40" {
  name_prefix = "arn:aws:iam::123456789012:role/x"
}

resource "aws_cloudwatch_log_group" "v41" {
  name_prefix = "arn:a!:iam:zz:12:"
}

resource "aws_cloudwatch_log_group" "v42" {
  name_prefix = "{\"a\":1,\"a\":2}"
}

resource "aws_cloudwatch_log_group" "v43" {
  name_prefix = "{\"a\""
}

resource "aws_cloudwatch_log_group" "v44" {
  name_prefix = "[]"
}

resource "aws_cloudwatch_log_group" "v45" {
  name_prefix = "\"x\""
}

resource "aws_cloudwatch_log_group" "v46" {
  name_prefix = "a b"
}

resource "aws_cloudwatch_log_group" "v47" {
  name_prefix = "é"
}

resource "aws_cloudwatch_log_group" "v48" {
  name_prefix = "lt-A!"
}

resource "aws_cloudwatch_log_group" "v49" {
  name_prefix = "[a"
}

resource "aws_cloudwatch_log_group" "v50" {
  name_prefix = "aws:foo"
}

resource "aws_cloudwatch_log_group" "v51" {
  name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_cloudwatch_log_group" "v52" {
  retention_in_days = -2
}

resource "aws_cloudwatch_log_group" "v53" {
  retention_in_days = -1
}

resource "aws_cloudwatch_log_group" "v54" {
  retention_in_days = 0.5
}

resource "aws_cloudwatch_log_group" "v55" {
  name        = "a"
  name_prefix = "a"
}
