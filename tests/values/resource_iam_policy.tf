resource "aws_iam_policy" "v0" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}

resource "aws_iam_policy" "v1" {}

resource "aws_iam_policy" "v2" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description = "a"
}

resource "aws_iam_policy" "v3" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description = ""
}

resource "aws_iam_policy" "v4" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description = "é"
}

resource "aws_iam_policy" "v5" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  id     = "a"
}

resource "aws_iam_policy" "v6" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  id     = ""
}

resource "aws_iam_policy" "v7" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "a"
}

resource "aws_iam_policy" "v8" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = ""
}

resource "aws_iam_policy" "v9" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "x"
}

resource "aws_iam_policy" "v10" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "X!"
}

resource "aws_iam_policy" "v11" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "a/b"
}

resource "aws_iam_policy" "v12" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "-1"
}

resource "aws_iam_policy" "v13" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "0"
}

resource "aws_iam_policy" "v14" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "1.5"
}

resource "aws_iam_policy" "v15" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "1h"
}

resource "aws_iam_policy" "v16" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "TCP"
}

resource "aws_iam_policy" "v17" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "2020-01-01"
}

resource "aws_iam_policy" "v18" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "sg-1"
}

resource "aws_iam_policy" "v19" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "true"
}

resource "aws_iam_policy" "v20" {
  policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name   = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_policy" "v21" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name_prefix = ""
}

resource "aws_iam_policy" "v22" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name_prefix = "X!"
}

resource "aws_iam_policy" "v23" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name_prefix = "a/b"
}

resource "aws_iam_policy" "v24" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_policy" "v25" {
  policy = ""
}

resource "aws_iam_policy" "v26" {
  policy = "x"
}

resource "aws_iam_policy" "v27" {
  policy = "X!"
}

resource "aws_iam_policy" "v28" {
  policy = "{\"a\":1,\"a\":2}"
}

resource "aws_iam_policy" "v29" {
  policy = "{\"a\""
}

resource "aws_iam_policy" "v30" {
  policy = "[]"
}

resource "aws_iam_policy" "v31" {
  policy = "\"x\""
}

resource "aws_iam_policy" "v32" {
  policy = "[a"
}

resource "aws_iam_policy" "v33" {
  policy      = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name        = "a"
  name_prefix = "a"
}
