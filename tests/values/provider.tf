provider "aws" {
  region                  = "nowhere"
  allowed_account_ids     = ["1"]
  forbidden_account_ids   = ["2"]
  max_retries             = 1.5
  skip_metadata_api_check = "maybe"
  assume_role {
    role_arn     = "x"
    duration     = "1m"
    session_name = "x"
    policy       = "{"
    policy_arns  = ["x"]
  }
}

provider "aws" {
  alias  = "b"
  region = var.region
  assume_role {
    duration = "x"
  }
  assume_role_with_web_identity {}
  default_tags {
    tags = { "aws:x" = "y" }
  }
}

provider "aws" {
  alias   = "c"
  regions = ["x"]
  endpoints {
    ec2  = "x"
    nose = "x"
  }
}

variable "region" {}

data "aws_partition" "a" {}

data "aws_partition" "b" {
  provider = aws.b
}

data "aws_partition" "c" {
  provider = aws.c
}

data "aws_partition" "d" {
  provider = aws.d
}

provider "aws" {
  alias                 = "d"
  allowed_account_ids   = ["1"]
  forbidden_account_ids = [var.region]
  assume_role {
    role_arn    = var.region
    duration    = "13h"
    external_id = "x"
  }
}
