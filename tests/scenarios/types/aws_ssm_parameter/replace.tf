resource "aws_ssm_parameter" "subject" {
  name  = "/rforge/subject-2"
  type  = "SecureString"
  value = "secret"
}
