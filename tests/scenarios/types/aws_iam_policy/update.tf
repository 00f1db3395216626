resource "aws_iam_policy" "subject" {
  name = "iam-policy-subject"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = "*"
    }]
  })

  tags = { Name = "policy" }
}
