provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
}

# A provider that is configured with what an ephemeral resource tells.
provider "aws" {
  alias                       = "elsewhere"
  region                      = ephemeral.aws_ssm_parameter.region.value
  skip_credentials_validation = true
}

resource "aws_ssm_parameter" "region" {
  name  = "/region"
  type  = "String"
  value = "eu-west-1"
}

ephemeral "aws_ssm_parameter" "region" {
  arn = aws_ssm_parameter.region.arn
}

variable "version_of_secret" { default = 1 }

# The secret gets to AWS, and into no file.
resource "aws_ssm_parameter" "secret" {
  provider         = aws.elsewhere
  name             = "/secret"
  type             = "SecureString"
  value_wo         = "${ephemeral.aws_ssm_parameter.region.value}/${var.version_of_secret}"
  value_wo_version = var.version_of_secret
}
