provider "aws" {
  region = "eu-central-1"
}

variable "tag" {
  default = "a"
}

variable "description" {
  default = null
}

resource "aws_ssm_parameter" "p" {
  name        = "/kept"
  type        = "String"
  value       = "x"
  description = var.description
  tags        = { a = var.tag }
}

resource "aws_launch_template" "t" {
  name          = "kept"
  instance_type = "t3.micro"
}

resource "terraform_data" "version" {
  triggers_replace = [aws_ssm_parameter.p.version, aws_launch_template.t.latest_version]
}
