# What runs something, and what looks after it.

resource "aws_ecs_cluster" "main" {
  name = "fleet-main"

  setting {
    name  = "containerInsights"
    value = local.updated ? "disabled" : "enabled"
  }
}

resource "aws_ecs_task_definition" "web" {
  family                   = "fleet-web"
  cpu                      = 256
  memory                   = 512
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.worker.arn
  container_definitions = jsonencode([{
    name        = "web"
    image       = "${aws_ecr_repository.images.repository_url}:${local.word}"
    essential   = true
    environment = [{ name = "PASSWORD", value = var.password }]
  }])

  volume {
    name = "scratch"
  }
}

resource "aws_cloudwatch_metric_alarm" "old_orders" {
  for_each = aws_sqs_queue.each

  alarm_name          = "fleet-old-${each.key}"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = "ApproximateAgeOfOldestMessage"
  namespace           = "AWS/SQS"
  period              = 60
  statistic           = "Maximum"
  threshold           = local.updated ? 900.5 : 600
  alarm_actions       = [aws_sns_topic.all.arn]
  dimensions = {
    QueueName = each.value.name
  }
}

resource "aws_cloudwatch_dashboard" "main" {
  dashboard_name = "fleet"
  dashboard_body = jsonencode({
    widgets = [{ type = "text", x = 0, y = 0, width = 6, height = 3, properties = { markdown = local.word } }]
  })
}

resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "fleet-errors"
  pattern        = "ERROR"
  log_group_name = aws_cloudwatch_log_group.web.name

  metric_transformation {
    name      = "Errors"
    namespace = "Fleet"
    value     = "1"
  }
}

resource "aws_cloudwatch_log_group" "web" {
  name              = "/fleet/web"
  retention_in_days = local.updated ? 14 : 7
}

resource "aws_api_gateway_rest_api" "main" {
  name        = "fleet"
  description = local.word

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.main.id
  parent_id   = aws_api_gateway_rest_api.main.root_resource_id
  path_part   = "orders${local.suffix}"
}

resource "aws_api_gateway_method" "orders" {
  rest_api_id   = aws_api_gateway_rest_api.main.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "GET"
  authorization = "NONE"
  request_parameters = {
    "method.request.querystring.day" = true
  }
}

resource "aws_appconfig_application" "main" {
  name        = "fleet"
  description = local.word
}

resource "aws_resourcegroups_group" "all" {
  name        = "fleet-all"
  description = local.word

  resource_query {
    query = jsonencode({
      ResourceTypeFilters = ["AWS::AllSupported"]
      TagFilters          = [{ Key = "Fleet", Values = ["published"] }]
    })
  }
}

resource "aws_service_discovery_http_namespace" "main" {
  name        = "fleet.local"
  description = local.word
}

resource "aws_acm_certificate" "main" {
  domain_name               = "fleet.example"
  subject_alternative_names = local.replaced ? ["www.fleet.example", "api.fleet.example"] : ["www.fleet.example"]
  validation_method         = "DNS"

  options {
    certificate_transparency_logging_preference = "ENABLED"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = {
    for option in aws_acm_certificate.main.domain_validation_options : option.domain_name => option
    if option.domain_name == "fleet.example"
  }

  zone_id         = aws_route53_zone.main.zone_id
  name            = each.value.resource_record_name
  type            = each.value.resource_record_type
  ttl             = 60
  records         = [each.value.resource_record_value]
  allow_overwrite = true
}
