resource "aws_ssm_parameter" "subject" {
  name        = "/rforge/subject"
  description = "changed"
  type        = "String"
  value       = "second"

  tags = { Name = "parameter" }
}
