resource "aws_ssm_parameter" "subject" {
  name  = "/rforge/subject"
  type  = "String"
  value = "first"
}
