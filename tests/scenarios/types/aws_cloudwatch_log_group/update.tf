resource "aws_cloudwatch_log_group" "subject" {
  name              = "/rforge/subject"
  retention_in_days = 14

  tags = { Name = "logs" }
}
