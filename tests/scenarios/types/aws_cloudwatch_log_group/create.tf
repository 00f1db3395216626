resource "aws_cloudwatch_log_group" "subject" {
  name = "/rforge/subject"
}
