# Data sources: of the provider itself, of what there is already, and of what is yet to be made.

data "aws_caller_identity" "me" {}

data "aws_region" "here" {}

data "aws_partition" "here" {}

data "aws_default_tags" "all" {
  provider = aws.west
}

data "aws_arn" "role" {
  arn = "arn:aws:iam::123456789012:role/fleet"
}

data "aws_availability_zones" "up" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

data "aws_vpc" "default" {
  default = true
}

data "aws_service_principal" "sqs" {
  service_name = "sqs"
}

data "aws_sqs_queue" "dead" {
  provider = aws.west

  name       = aws_sqs_queue.dead.name
  depends_on = [aws_sns_topic.all]
}

data "aws_secretsmanager_secret_version" "database" {
  secret_id = aws_secretsmanager_secret_version.database.secret_id
}

data "aws_ssm_parameter" "words" {
  name = aws_ssm_parameter.words.name
}

data "aws_kms_alias" "main" {
  name = aws_kms_alias.main.name
}

data "aws_subnets" "main" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.main.id]
  }

  depends_on = [aws_subnet.main]
}

data "aws_iam_user" "ada" {
  user_name = aws_iam_user.each["ada"].name
}

output "here" {
  value = {
    region    = data.aws_region.here.name
    partition = data.aws_partition.here.dns_suffix
    tags      = data.aws_default_tags.all.tags
    role      = data.aws_arn.role.resource
    sqs       = data.aws_service_principal.sqs.name
    vpc       = data.aws_vpc.default.cidr_block
    key       = data.aws_kms_alias.main.target_key_arn
    subnets   = length(data.aws_subnets.main.ids)
    ada       = data.aws_iam_user.ada.arn
    dead      = data.aws_sqs_queue.dead.url
  }
}

output "secrets" {
  value     = [data.aws_ssm_parameter.words.value, data.aws_secretsmanager_secret_version.database.secret_string]
  sensitive = true
}
