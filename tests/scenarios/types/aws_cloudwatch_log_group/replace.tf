resource "aws_cloudwatch_log_group" "subject" {
  name              = "/rforge/subject-2"
  retention_in_days = 14
}
