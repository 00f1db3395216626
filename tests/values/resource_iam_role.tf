resource "aws_iam_role" "v0" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}

resource "aws_iam_role" "v1" {}

resource "aws_iam_role" "v2" {
  assume_role_policy = ""
}

resource "aws_iam_role" "v3" {
  assume_role_policy = "x"
}

resource "aws_iam_role" "v4" {
  assume_role_policy = "X!"
}

resource "aws_iam_role" "v5" {
  assume_role_policy = "{\"a\":1,\"a\":2}"
}

resource "aws_iam_role" "v6" {
  assume_role_policy = "{\"a\""
}

resource "aws_iam_role" "v7" {
  assume_role_policy = "[]"
}

resource "aws_iam_role" "v8" {
  assume_role_policy = "\"x\""
}

resource "aws_iam_role" "v9" {
  assume_role_policy = "[a"
}

resource "aws_iam_role" "v10" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "a"
}

resource "aws_iam_role" "v11" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = ""
}

resource "aws_iam_role" "v12" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "x"
}

resource "aws_iam_role" "v13" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "X!"
}

resource "aws_iam_role" "v14" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "a/b"
}

resource "aws_iam_role" "v15" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "10.0.0.1/8"
}

resource "aws_iam_role" "v16" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "10.0.0.0/8"
}

resource "aws_iam_role" "v17" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "fd00::1/8"
}

resource "aws_iam_role" "v18" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "10.0.0.0/33"
}

resource "aws_iam_role" "v19" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "::1"
}

resource "aws_iam_role" "v20" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "arn:"
}

resource "aws_iam_role" "v21" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "arn:aws:iam::123456789012:role/x"
}

resource "aws_iam_role" "v22" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "arn:a!:iam:zz:12:"
}

resource "aws_iam_role" "v23" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  description        = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role" "v24" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  id                 = "a"
}

resource "aws_iam_role" "v25" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  id                 = ""
}

resource "aws_iam_role" "v26" {
  assume_role_policy  = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  managed_policy_arns = ["a"]
}

resource "aws_iam_role" "v27" {
  assume_role_policy  = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  managed_policy_arns = [""]
}

resource "aws_iam_role" "v28" {
  assume_role_policy  = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  managed_policy_arns = ["x"]
}

resource "aws_iam_role" "v29" {
  assume_role_policy  = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  managed_policy_arns = ["arn:"]
}

resource "aws_iam_role" "v30" {
  assume_role_policy  = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  managed_policy_arns = ["arn:aws:iam::123456789012:role/x"]
}

resource "aws_iam_role" "v31" {
  assume_role_policy  = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  managed_policy_arns = ["arn:a!:iam:zz:12:"]
}

resource "aws_iam_role" "v32" {
  assume_role_policy   = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  max_session_duration = 1
}

resource "aws_iam_role" "v33" {
  assume_role_policy   = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  max_session_duration = -2
}

resource "aws_iam_role" "v34" {
  assume_role_policy   = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  max_session_duration = 0.5
}

resource "aws_iam_role" "v35" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name               = ""
}

resource "aws_iam_role" "v36" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name               = "X!"
}

resource "aws_iam_role" "v37" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name               = "a/b"
}

resource "aws_iam_role" "v38" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name               = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role" "v39" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name_prefix        = ""
}

resource "aws_iam_role" "v40" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name_prefix        = "X!"
}

resource "aws_iam_role" "v41" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name_prefix        = "a/b"
}

resource "aws_iam_role" "v42" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name_prefix        = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role" "v43" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  path               = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_iam_role" "v44" {
  assume_role_policy   = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  permissions_boundary = "a"
}

resource "aws_iam_role" "v45" {
  assume_role_policy   = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  permissions_boundary = "x"
}

resource "aws_iam_role" "v46" {
  assume_role_policy   = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  permissions_boundary = "arn:"
}

resource "aws_iam_role" "v47" {
  assume_role_policy   = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  permissions_boundary = "arn:a!:iam:zz:12:"
}

resource "aws_iam_role" "v48" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {}
}

resource "aws_iam_role" "v49" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    name = "a"
  }
}

resource "aws_iam_role" "v50" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    name = ""
  }
}

resource "aws_iam_role" "v51" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    name = "X!"
  }
}

resource "aws_iam_role" "v52" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    name = "a/b"
  }
}

resource "aws_iam_role" "v53" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_iam_role" "v54" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_iam_role" "v55" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    policy = ""
  }
}

resource "aws_iam_role" "v56" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    policy = "x"
  }
}

resource "aws_iam_role" "v57" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    policy = "X!"
  }
}

resource "aws_iam_role" "v58" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    policy = "{\"a\":1,\"a\":2}"
  }
}

resource "aws_iam_role" "v59" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    policy = "{\"a\""
  }
}

resource "aws_iam_role" "v60" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    policy = "[]"
  }
}

resource "aws_iam_role" "v61" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    policy = "\"x\""
  }
}

resource "aws_iam_role" "v62" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  inline_policy {
    policy = "[a"
  }
}

resource "aws_iam_role" "v63" {
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  name               = "a"
  name_prefix        = "a"
}
