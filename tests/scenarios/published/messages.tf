# Queues, topics, streams and rules: SDK types that refer to each other, so that much is unknown when they are planned.

resource "aws_sqs_queue" "each" {
  for_each = toset(local.replaced ? ["orders", "returns"] : ["orders", "letters"])

  name                       = "fleet-${each.key}"
  visibility_timeout_seconds = local.updated ? 60 : 30
  tags = {
    Name = each.value
    Word = "own"
  }

  timeouts {
    create = "2m"
    delete = "3m"
  }
}

resource "aws_sqs_queue" "dead" {
  provider = aws.west

  name_prefix = "fleet-dead-"
  fifo_queue  = false

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags["Ignored"], delay_seconds]
  }

  delay_seconds = local.updated ? 9 : 3
  tags = {
    Ignored = local.word
    Kept    = "yes"
  }
}

data "aws_iam_policy_document" "queue" {
  for_each = aws_sqs_queue.each

  statement {
    sid       = "Send"
    actions   = ["sqs:SendMessage"]
    resources = [each.value.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.all.arn]
    }
  }

  dynamic "statement" {
    for_each = local.updated ? ["Read"] : []
    content {
      sid       = statement.value
      actions   = ["sqs:ReceiveMessage"]
      resources = ["*"]

      principals {
        type        = "AWS"
        identifiers = [data.aws_caller_identity.me.account_id]
      }
    }
  }
}

resource "aws_sqs_queue_policy" "each" {
  for_each = aws_sqs_queue.each

  queue_url = each.value.id
  policy    = data.aws_iam_policy_document.queue[each.key].json
}

resource "aws_sns_topic" "all" {
  name         = "fleet-all${local.suffix}"
  display_name = local.word
}

resource "aws_sns_topic_subscription" "each" {
  for_each = aws_sqs_queue.each

  topic_arn            = aws_sns_topic.all.arn
  protocol             = "sqs"
  endpoint             = each.value.arn
  raw_message_delivery = local.updated
}

resource "aws_sns_topic_policy" "all" {
  arn = aws_sns_topic.all.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = local.word
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.all.arn
    }]
  })
}

resource "aws_cloudwatch_event_bus" "own" {
  count = local.replaced ? 1 : 2

  name = "fleet-${count.index}${local.suffix}"
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "fleet-nightly"
  description         = "A ${local.word} rule"
  schedule_expression = local.updated ? "rate(2 hours)" : "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  for_each = aws_sqs_queue.each

  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = each.value.arn

  input_transformer {
    input_paths = {
      at = "$.time"
    }
    input_template = "\"${local.word} <at>\""
  }
}

resource "aws_scheduler_schedule" "weekly" {
  name                = "fleet-weekly"
  schedule_expression = local.updated ? "rate(14 days)" : "rate(7 days)"

  flexible_time_window {
    mode                      = local.updated ? "FLEXIBLE" : "OFF"
    maximum_window_in_minutes = local.updated ? 15 : null
  }

  target {
    arn      = aws_sqs_queue.dead.arn
    role_arn = aws_iam_role.worker.arn
    input    = jsonencode({ word = local.word })
  }
}

output "queues" {
  value = { for key, queue in aws_sqs_queue.each : key => queue.url }
}
