data "aws_iam_policy_document" "v0" {}

data "aws_iam_policy_document" "v1" {
  id = "a"
}

data "aws_iam_policy_document" "v2" {
  id = ""
}

data "aws_iam_policy_document" "v3" {
  override_json = "a"
}

data "aws_iam_policy_document" "v4" {
  override_json = ""
}

data "aws_iam_policy_document" "v5" {
  override_json = "x"
}

data "aws_iam_policy_document" "v6" {
  override_policy_documents = ["a"]
}

data "aws_iam_policy_document" "v7" {
  override_policy_documents = [""]
}

data "aws_iam_policy_document" "v8" {
  override_policy_documents = ["x"]
}

data "aws_iam_policy_document" "v9" {
  override_policy_documents = ["X!"]
}

data "aws_iam_policy_document" "v10" {
  override_policy_documents = ["a/b"]
}

data "aws_iam_policy_document" "v11" {
  override_policy_documents = ["10.0.0.1/8"]
}

data "aws_iam_policy_document" "v12" {
  override_policy_documents = ["10.0.0.0/8"]
}

data "aws_iam_policy_document" "v13" {
  override_policy_documents = ["fd00::1/8"]
}

data "aws_iam_policy_document" "v14" {
  override_policy_documents = ["::1"]
}

data "aws_iam_policy_document" "v15" {
  override_policy_documents = ["{\"a\":1,\"a\":2}"]
}

data "aws_iam_policy_document" "v16" {
  override_policy_documents = ["{\"a\""]
}

data "aws_iam_policy_document" "v17" {
  override_policy_documents = ["[]"]
}

data "aws_iam_policy_document" "v18" {
  override_policy_documents = ["\"x\""]
}

data "aws_iam_policy_document" "v19" {
  override_policy_documents = ["-1"]
}

data "aws_iam_policy_document" "v20" {
  override_policy_documents = ["0"]
}

data "aws_iam_policy_document" "v21" {
  override_policy_documents = ["1.5"]
}

data "aws_iam_policy_document" "v22" {
  override_policy_documents = ["1h"]
}

data "aws_iam_policy_document" "v23" {
  override_policy_documents = ["TCP"]
}

data "aws_iam_policy_document" "v24" {
  override_policy_documents = ["é"]
}

data "aws_iam_policy_document" "v25" {
  override_policy_documents = ["2020-01-01"]
}

data "aws_iam_policy_document" "v26" {
  override_policy_documents = ["lt-A!"]
}

data "aws_iam_policy_document" "v27" {
  override_policy_documents = ["sg-1"]
}

data "aws_iam_policy_document" "v28" {
  override_policy_documents = ["true"]
}

data "aws_iam_policy_document" "v29" {
  override_policy_documents = ["t"]
}

data "aws_iam_policy_document" "v30" {
  policy_id = "a"
}

data "aws_iam_policy_document" "v31" {
  policy_id = ""
}

data "aws_iam_policy_document" "v32" {
  policy_id = "é"
}

data "aws_iam_policy_document" "v33" {
  source_json = "a"
}

data "aws_iam_policy_document" "v34" {
  source_json = ""
}

data "aws_iam_policy_document" "v35" {
  source_json = "x"
}

data "aws_iam_policy_document" "v36" {
  source_policy_documents = ["a"]
}

data "aws_iam_policy_document" "v37" {
  source_policy_documents = [""]
}

data "aws_iam_policy_document" "v38" {
  source_policy_documents = ["x"]
}

data "aws_iam_policy_document" "v39" {
  source_policy_documents = ["X!"]
}

data "aws_iam_policy_document" "v40" {
  source_policy_documents = ["a/b"]
}

data "aws_iam_policy_document" "v41" {
  source_policy_documents = ["10.0.0.1/8"]
}

data "aws_iam_policy_document" "v42" {
  source_policy_documents = ["10.0.0.0/8"]
}

data "aws_iam_policy_document" "v43" {
  source_policy_documents = ["fd00::1/8"]
}

data "aws_iam_policy_document" "v44" {
  source_policy_documents = ["::1"]
}

data "aws_iam_policy_document" "v45" {
  source_policy_documents = ["{\"a\":1,\"a\":2}"]
}

data "aws_iam_policy_document" "v46" {
  source_policy_documents = ["{\"a\""]
}

data "aws_iam_policy_document" "v47" {
  source_policy_documents = ["1h"]
}

data "aws_iam_policy_document" "v48" {
  source_policy_documents = ["TCP"]
}

data "aws_iam_policy_document" "v49" {
  source_policy_documents = ["é"]
}

data "aws_iam_policy_document" "v50" {
  source_policy_documents = ["2020-01-01"]
}

data "aws_iam_policy_document" "v51" {
  source_policy_documents = ["lt-A!"]
}

data "aws_iam_policy_document" "v52" {
  source_policy_documents = ["sg-1"]
}

data "aws_iam_policy_document" "v53" {
  source_policy_documents = ["t"]
}

data "aws_iam_policy_document" "v54" {
  version = "a"
}

data "aws_iam_policy_document" "v55" {
  version = ""
}

data "aws_iam_policy_document" "v56" {
  statement {
    effect = "a"
  }
}

data "aws_iam_policy_document" "v57" {
  statement {
    effect = ""
  }
}
