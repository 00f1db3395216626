terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "lambda" {
  type    = bool
  default = false
}

resource "aws_iam_role" "subject" {
  name               = "subject"
  assume_role_policy = "{}"
}

resource "aws_lambda_function" "subject" {
  count         = var.lambda ? 2 : 0
  region        = "us-west-2"
  function_name = "subject"
  role          = aws_iam_role.subject.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "main.zip"

  environment {
    variables = { MODE = "test" }
  }
}

resource "aws_lambda_alias" "subject" {
  count            = var.lambda ? 1 : 0
  name             = "latest"
  function_name    = aws_lambda_function.subject[0].function_name
  function_version = aws_lambda_function.subject[0].version
}

data "aws_lambda_function" "other" {
  count         = var.lambda ? 1 : 0
  function_name = "other"
}

output "invoke" {
  value = aws_lambda_alias.subject[*].invoke_arn
}
