# Buckets, tables and secrets: nested blocks of every nesting, framework types and write-only arguments.

resource "aws_s3_bucket" "logs" {
  bucket = "fleet-logs${local.suffix}"
  tags = {
    Word = null
    Name = "logs"
  }
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id

  versioning_configuration {
    status = local.updated ? "Suspended" : "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket              = aws_s3_bucket.logs.bucket
  block_public_acls   = true
  block_public_policy = local.updated
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    bucket_key_enabled = local.updated

    apply_server_side_encryption_by_default {
      kms_master_key_id = aws_kms_key.main.arn
      sse_algorithm     = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket_versioning.logs.bucket

  rule {
    id     = "expire"
    status = "Enabled"

    filter {
      prefix = "old/"
    }

    expiration {
      days = 30
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = data.aws_iam_policy_document.bucket.json
}

data "aws_iam_policy_document" "bucket" {
  statement {
    actions   = local.updated ? ["s3:GetObject", "s3:ListBucket"] : ["s3:GetObject"]
    resources = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.worker.arn]
    }
  }
}

# Without versions: moto keeps those of objects that are gone, and then the bucket.
resource "aws_s3_bucket" "notes" {
  bucket = "fleet-notes${local.suffix}"
}

resource "aws_s3_object" "note" {
  bucket  = aws_s3_bucket.notes.bucket
  key     = "notes/${local.word}.txt"
  content = "the ${local.word} note"
  metadata = {
    word = local.word
  }
}

resource "aws_dynamodb_table" "orders" {
  name         = "fleet-orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "customer"
  range_key    = local.replaced ? "number" : "day"

  attribute {
    name = "customer"
    type = "S"
  }

  attribute {
    name = local.replaced ? "number" : "day"
    type = "S"
  }

  dynamic "attribute" {
    for_each = local.updated ? { place = "S" } : {}
    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = local.updated ? ["place"] : []
    content {
      name            = "by-${global_secondary_index.value}"
      hash_key        = global_secondary_index.value
      projection_type = "ALL"
    }
  }

  ttl {
    attribute_name = "gone"
    enabled        = true
  }

  timeouts {
    create = "10m"
    update = "20m"
  }
}

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.orders.name
  hash_key   = aws_dynamodb_table.orders.hash_key
  range_key  = aws_dynamodb_table.orders.range_key
  item = jsonencode({
    customer = { S = "one" }
    day      = { S = "monday" }
    number   = { S = "1" }
    word     = { S = local.word }
  })
}

resource "aws_kms_key" "main" {
  description             = "The ${local.word} key"
  deletion_window_in_days = local.updated ? 8 : 7
  enable_key_rotation     = local.updated
}

resource "aws_kms_alias" "main" {
  name          = "alias/fleet${local.suffix}"
  target_key_id = aws_kms_key.main.key_id
}

resource "aws_secretsmanager_secret" "database" {
  name                    = "fleet/database${local.suffix}"
  description             = local.word
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id                = aws_secretsmanager_secret.database.id
  secret_string_wo         = jsonencode({ password = var.password })
  secret_string_wo_version = local.updated ? 2 : 1
}

resource "aws_ssm_parameter" "password" {
  name             = "/fleet/password"
  type             = "SecureString"
  value_wo         = var.password
  value_wo_version = local.updated ? 2 : 1
}

resource "aws_ssm_parameter" "words" {
  name  = "/fleet/words${local.suffix}"
  type  = "StringList"
  value = join(",", [local.word, var.password])
}

resource "aws_ssm_document" "greet" {
  name          = "fleet-greet"
  document_type = "Command"
  content = jsonencode({
    schemaVersion = "2.2"
    description   = local.word
    mainSteps = [{
      action = "aws:runShellScript"
      name   = "greet"
      inputs = { runCommand = ["echo ${local.word}"] }
    }]
  })
}

resource "aws_ecr_repository" "images" {
  name                 = "fleet/images"
  image_tag_mutability = local.updated ? "IMMUTABLE" : "MUTABLE"
  force_delete         = true

  encryption_configuration {
    encryption_type = local.replaced ? "KMS" : "AES256"
  }

  image_scanning_configuration {
    scan_on_push = local.updated
  }
}

resource "aws_ecr_lifecycle_policy" "images" {
  repository = aws_ecr_repository.images.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = local.updated ? 5 : 3 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_glue_catalog_database" "facts" {
  name        = "fleet_facts"
  description = local.word
}

resource "aws_glue_catalog_table" "facts" {
  name          = "facts"
  database_name = aws_glue_catalog_database.facts.name
  parameters = {
    word = local.word
  }

  storage_descriptor {
    location = "s3://${aws_s3_bucket.logs.bucket}/facts"

    columns {
      name = "at"
      type = "timestamp"
    }

    dynamic "columns" {
      for_each = local.updated ? ["what", "who"] : ["what"]
      content {
        name    = columns.value
        type    = "string"
        comment = "the ${columns.key}."
      }
    }
  }
}

resource "aws_athena_workgroup" "facts" {
  name          = "fleet-facts"
  force_destroy = true

  configuration {
    enforce_workgroup_configuration = true

    result_configuration {
      output_location = "s3://${aws_s3_bucket.logs.bucket}/results/"
    }
  }
}

output "password" {
  value     = aws_ssm_parameter.words.value
  sensitive = true
}

resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = aws_dynamodb_table.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = local.word
      Effect    = "Allow"
      Action    = "dynamodb:GetItem"
      Resource  = aws_dynamodb_table.orders.arn
      Principal = { AWS = aws_iam_role.worker.arn }
    }]
  })
}

resource "aws_s3_bucket" "west" {
  provider = aws.west

  bucket = "fleet-west"
  tags = {
    Name = "west"
  }
}

resource "aws_dynamodb_table" "west" {
  provider = aws.west

  name                        = "fleet-west"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = false

  attribute {
    name = "id"
    type = "S"
  }

  tags = {
    Name = "west"
  }
}
