resource "aws_iam_role_policy" "v0" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
}

resource "aws_iam_role_policy" "v1" {}

resource "aws_iam_role_policy" "v2" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  id     = "a"
}

resource "aws_iam_role_policy" "v3" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  id     = ""
}

resource "aws_iam_role_policy" "v4" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "a"
}

resource "aws_iam_role_policy" "v5" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = ""
}

resource "aws_iam_role_policy" "v6" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "x"
}

resource "aws_iam_role_policy" "v7" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "X!"
}

resource "aws_iam_role_policy" "v8" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "a/b"
}

resource "aws_iam_role_policy" "v9" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "-1"
}

resource "aws_iam_role_policy" "v10" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "0"
}

resource "aws_iam_role_policy" "v11" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "1.5"
}

resource "aws_iam_role_policy" "v12" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "1h"
}

resource "aws_iam_role_policy" "v13" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "TCP"
}

resource "aws_iam_role_policy" "v14" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "2020-01-01"
}

resource "aws_iam_role_policy" "v15" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "sg-1"
}

resource "aws_iam_role_policy" "v16" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "true"
}

resource "aws_iam_role_policy" "v17" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "t"
}

resource "aws_iam_role_policy" "v18" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role_policy" "v19" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role_policy" "v20" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "a"
  name   = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role_policy" "v21" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role        = "a"
  name_prefix = ""
}

resource "aws_iam_role_policy" "v22" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role        = "a"
  name_prefix = "X!"
}

resource "aws_iam_role_policy" "v23" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role        = "a"
  name_prefix = "a/b"
}

resource "aws_iam_role_policy" "v24" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role        = "a"
  name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role_policy" "v25" {
  policy = ""
  role   = "a"
}

resource "aws_iam_role_policy" "v26" {
  policy = "x"
  role   = "a"
}

resource "aws_iam_role_policy" "v27" {
  policy = "X!"
  role   = "a"
}

resource "aws_iam_role_policy" "v28" {
  policy = "{\"a\":1,\"a\":2}"
  role   = "a"
}

resource "aws_iam_role_policy" "v29" {
  policy = "{\"a\""
  role   = "a"
}

resource "aws_iam_role_policy" "v30" {
  policy = "[]"
  role   = "a"
}

resource "aws_iam_role_policy" "v31" {
  policy = "\"x\""
  role   = "a"
}

resource "aws_iam_role_policy" "v32" {
  policy = "[a"
  role   = "a"
}

resource "aws_iam_role_policy" "v33" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = ""
}

resource "aws_iam_role_policy" "v34" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "arn:aws:iam::123456789012:role/x"
}

resource "aws_iam_role_policy" "v35" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "[]"
}

resource "aws_iam_role_policy" "v36" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "é"
}

resource "aws_iam_role_policy" "v37" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role_policy" "v38" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role   = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role_policy" "v39" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  role        = "a"
  name        = "a"
  name_prefix = "a"
}
