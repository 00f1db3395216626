# Users, roles and their like.

resource "aws_iam_role" "worker" {
  name        = "fleet-worker"
  description = local.word
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["states.amazonaws.com", "ecs-tasks.amazonaws.com"] }
    }]
  })
}

resource "aws_iam_user" "each" {
  for_each = { ada = "/dev/", bob = "/ops/" }

  name = "fleet-${each.key}"
  path = each.value
}

resource "aws_iam_user_policy" "ada" {
  name_prefix = "fleet-"
  user        = aws_iam_user.each["ada"].name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = local.updated ? "s3:*" : "s3:Get*", Resource = "*" }]
  })
}

resource "aws_iam_access_key" "bob" {
  user   = aws_iam_user.each["bob"].name
  status = local.updated ? "Inactive" : "Active"
}

resource "aws_iam_group" "staff" {
  name = "fleet-staff${local.suffix}"
}

resource "aws_iam_group_membership" "staff" {
  name  = "fleet-staff"
  group = aws_iam_group.staff.name
  users = local.updated ? [aws_iam_user.each["ada"].name] : [for user in aws_iam_user.each : user.name]
}

resource "aws_iam_group_policy" "staff" {
  group = aws_iam_group.staff.name
  name  = "fleet"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:*"], Resource = [for queue in aws_sqs_queue.each : queue.arn] }]
  })
}

resource "aws_iam_account_alias" "name" {
  account_alias = "fleet${local.suffix}"
}

resource "aws_iam_role_policies_exclusive" "worker" {
  role_name    = aws_iam_role.worker.name
  policy_names = []
}

resource "aws_cognito_user_pool" "people" {
  name = "fleet-people"

  password_policy {
    minimum_length = 10
  }

  schema {
    name                = "nickname"
    attribute_data_type = "String"
    mutable             = true

    string_attribute_constraints {
      min_length = "1"
      max_length = "20"
    }
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }

    recovery_mechanism {
      name     = "verified_phone_number"
      priority = 2
    }
  }
}

resource "aws_cognito_user_pool_client" "site" {
  name                = "fleet-${local.word}"
  user_pool_id        = aws_cognito_user_pool.people.id
  generate_secret     = true
  explicit_auth_flows = local.updated ? ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] : ["ALLOW_REFRESH_TOKEN_AUTH"]

  token_validity_units {
    access_token  = "hours"
    id_token      = "minutes"
    refresh_token = "days"
  }
}
