terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "endpoint" {
  type = string
}

# 0 makes everything, 1 updates it in place, 2 replaces much of it.
variable "stage" {
  type = number
}

variable "password" {
  type      = string
  sensitive = true
  default   = "correct horse battery staple"
}

locals {
  updated  = var.stage > 0
  replaced = var.stage > 1
  # What makes an argument change at a stage.
  word   = local.updated ? "second" : "first"
  suffix = local.replaced ? "-b" : "-a"
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  # What moto does not know it answers with a failure that is tried again for minutes.
  max_retries       = 2
  s3_use_path_style = true

  default_tags {
    tags = {
      Fleet = "published"
    }
  }

  dynamic "endpoints" {
    for_each = [var.endpoint]
    content {
      accessanalyzer   = endpoints.value
      acm              = endpoints.value
      apigateway       = endpoints.value
      apigatewayv2     = endpoints.value
      appconfig        = endpoints.value
      athena           = endpoints.value
      batch            = endpoints.value
      cloudwatch       = endpoints.value
      cognitoidp       = endpoints.value
      dynamodb         = endpoints.value
      ec2              = endpoints.value
      ecr              = endpoints.value
      ecs              = endpoints.value
      elasticache      = endpoints.value
      elbv2            = endpoints.value
      events           = endpoints.value
      glue             = endpoints.value
      iam              = endpoints.value
      kinesis          = endpoints.value
      kms              = endpoints.value
      lambda           = endpoints.value
      logs             = endpoints.value
      rds              = endpoints.value
      resourcegroups   = endpoints.value
      route53          = endpoints.value
      s3               = endpoints.value
      s3control        = endpoints.value
      scheduler        = endpoints.value
      secretsmanager   = endpoints.value
      servicediscovery = endpoints.value
      sesv2            = endpoints.value
      sfn              = endpoints.value
      sns              = endpoints.value
      sqs              = endpoints.value
      ssm              = endpoints.value
      sts              = endpoints.value
      wafv2            = endpoints.value
    }
  }
}

# Another region, and tags that change with the stage: a process of its own.
provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  # What moto does not know it answers with a failure that is tried again for minutes.
  max_retries       = 2
  s3_use_path_style = true

  default_tags {
    tags = {
      Fleet = "published"
      Word  = local.word
    }
  }

  dynamic "endpoints" {
    for_each = [var.endpoint]
    content {
      accessanalyzer   = endpoints.value
      acm              = endpoints.value
      apigateway       = endpoints.value
      apigatewayv2     = endpoints.value
      appconfig        = endpoints.value
      athena           = endpoints.value
      batch            = endpoints.value
      cloudwatch       = endpoints.value
      cognitoidp       = endpoints.value
      dynamodb         = endpoints.value
      ec2              = endpoints.value
      ecr              = endpoints.value
      ecs              = endpoints.value
      elasticache      = endpoints.value
      elbv2            = endpoints.value
      events           = endpoints.value
      glue             = endpoints.value
      iam              = endpoints.value
      kinesis          = endpoints.value
      kms              = endpoints.value
      lambda           = endpoints.value
      logs             = endpoints.value
      rds              = endpoints.value
      resourcegroups   = endpoints.value
      route53          = endpoints.value
      s3               = endpoints.value
      s3control        = endpoints.value
      scheduler        = endpoints.value
      secretsmanager   = endpoints.value
      servicediscovery = endpoints.value
      sesv2            = endpoints.value
      sfn              = endpoints.value
      sns              = endpoints.value
      sqs              = endpoints.value
      ssm              = endpoints.value
      sts              = endpoints.value
      wafv2            = endpoints.value
    }
  }
}
