resource "aws_iam_role_policy_attachment" "v0" {
  policy_arn = "arn:aws:iam::123456789012:policy/x"
  role       = "a"
}

resource "aws_iam_role_policy_attachment" "v1" {}

resource "aws_iam_role_policy_attachment" "v2" {
  policy_arn = "arn:aws:iam::123456789012:policy/x"
  role       = "a"
  id         = "a"
}

resource "aws_iam_role_policy_attachment" "v3" {
  policy_arn = "arn:aws:iam::123456789012:policy/x"
  role       = "a"
  id         = ""
}

resource "aws_iam_role_policy_attachment" "v4" {
  policy_arn = ""
  role       = "a"
}

resource "aws_iam_role_policy_attachment" "v5" {
  policy_arn = "x"
  role       = "a"
}

resource "aws_iam_role_policy_attachment" "v6" {
  policy_arn = "X!"
  role       = "a"
}

resource "aws_iam_role_policy_attachment" "v7" {
  policy_arn = "arn:"
  role       = "a"
}

resource "aws_iam_role_policy_attachment" "v8" {
  policy_arn = "arn:aws:iam::123456789012:role/x"
  role       = "a"
}

resource "aws_iam_role_policy_attachment" "v9" {
  policy_arn = "arn:a!:iam:zz:12:"
  role       = "a"
}

resource "aws_iam_role_policy_attachment" "v10" {
  policy_arn = "arn:aws:iam::123456789012:policy/x"
  role       = ""
}

resource "aws_iam_role_policy_attachment" "v11" {
  policy_arn = "arn:aws:iam::123456789012:policy/x"
  role       = "é"
}
