resource "aws_iam_role" "agent" {
  name        = local.name
  description = "What the instances of ${local.name} may do"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Assume"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_instance_profile" "agent" {
  name = local.name
  role = aws_iam_role.agent.name
}

resource "aws_iam_role_policy" "logs" {
  name = "logs"
  role = aws_iam_role.agent.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.agent.arn}:*"
    }]
  })
}

resource "aws_cloudwatch_log_group" "agent" {
  name              = local.name
  retention_in_days = var.logs_retention
  region            = var.region
}
