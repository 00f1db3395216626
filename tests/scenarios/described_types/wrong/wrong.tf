resource "aws_lambda_permission" "wrong" {
  action       = "lambda:InvokeFunction"
  funtion_name = "subject"
  principal    = ["events.amazonaws.com"]
}

resource "aws_cloudfront_distribution" "wrong" {
  enabled = true
  region  = "us-west-2"
  arn     = "mine"

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}

resource "aws_lambda_functoin" "wrong" {
}
