# What lives in a network, with sets of objects as arguments.

resource "aws_vpc" "main" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "main" {
  count = 2

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.up.names[count.index]
}

resource "aws_network_acl" "main" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = local.updated ? aws_subnet.main[*].id : [aws_subnet.main[0].id]

  ingress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "allow"
    cidr_block = aws_vpc.main.cidr_block
    from_port  = 443
    to_port    = local.updated ? 444 : 443
  }

  dynamic "egress" {
    for_each = local.updated ? [200, 300] : [200]
    content {
      protocol   = "-1"
      rule_no    = egress.value
      action     = "allow"
      cidr_block = "0.0.0.0/0"
      from_port  = 0
      to_port    = 0
    }
  }
}

resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "fleet-offices"
  address_family = "IPv4"
  max_entries    = 5

  dynamic "entry" {
    for_each = local.updated ? { berlin = "10.8.0.0/16", paris = "10.9.0.0/16" } : { berlin = "10.8.0.0/16" }
    content {
      cidr        = entry.value
      description = entry.key
    }
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-central-1.s3"
}

resource "aws_ebs_volume" "data" {
  availability_zone = data.aws_availability_zones.up.names[local.replaced ? 1 : 0]
  size              = local.updated ? 12 : 10
  type              = "gp3"
  encrypted         = true
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_ebs_snapshot" "data" {
  volume_id   = aws_ebs_volume.data.id
  description = "of ${aws_ebs_volume.data.arn}"

  timeouts {
    create = "7m"
  }
}

resource "aws_lb_target_group" "web" {
  name_prefix = "fleet-"
  port        = local.replaced ? 8080 : 80
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id

  health_check {
    path    = "/${local.word}"
    matcher = "200-299"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb" "web" {
  name               = "fleet-web"
  internal           = true
  load_balancer_type = "application"
  subnets            = aws_subnet.main[*].id
  idle_timeout       = local.updated ? 90 : 60
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_listener_rule" "old" {
  listener_arn = aws_lb_listener.web.arn
  priority     = 10

  action {
    type = "redirect"

    redirect {
      path        = "/${local.word}"
      status_code = "HTTP_301"
    }
  }

  condition {
    path_pattern {
      values = local.updated ? ["/old/*", "/older/*"] : ["/old/*"]
    }
  }

  condition {
    host_header {
      values = ["fleet.example"]
    }
  }
}

resource "aws_route53_zone" "main" {
  name    = "fleet.example"
  comment = local.word
}

resource "aws_route53_record" "web" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www"
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = local.updated
  }
}

resource "aws_route53_record" "text" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "text${local.suffix}"
  type    = "TXT"
  ttl     = local.updated ? 120 : 60
  records = ["v=${local.word}", "owner=${data.aws_caller_identity.me.account_id}"]
}

resource "aws_db_subnet_group" "main" {
  name       = "fleet-main${local.suffix}"
  subnet_ids = aws_subnet.main[*].id
}

resource "aws_wafv2_ip_set" "bad" {
  name               = "fleet-bad"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
  addresses          = local.updated ? ["192.0.2.0/24", "198.51.100.0/24"] : ["192.0.2.0/24"]
}
