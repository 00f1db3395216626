variable "suite" {
  default = "first"
}

provider "aws" {
  default_tags {
    tags = { Suite = var.suite }
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
  tags       = { Name = "main", Suite = null, owner = null }
}

resource "aws_ssm_parameter" "main" {
  name  = "/arguments/main"
  type  = "String"
  value = "text"
  tags  = { owner = null }
}

resource "aws_launch_template" "main" {
  name = "arguments"

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "web", owner = null }
  }
}

resource "aws_iam_role" "main" {
  name = "arguments"
  assume_role_policy = jsonencode({
    Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" } }]
    Version   = "2012-10-17"
  })

  inline_policy {}
}

resource "aws_security_group" "blocks" {
  name   = "blocks"
  vpc_id = aws_vpc.main.id

  dynamic "ingress" {
    for_each = { TCP = 22, 6 = 23, UDP = 24, 17 = 25 }
    content {
      protocol    = ingress.key
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = ["10.0.0.0/8"]
    }
  }

  egress {
    protocol    = "ALL"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "rules" {
  name   = "rules"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group_rule" "rules" {
  for_each          = { TCP = 22, 6 = 23, UDP = 24, 17 = 25, ICMP = -1 }
  security_group_id = aws_security_group.rules.id
  type              = "ingress"
  protocol          = each.key
  from_port         = each.value
  to_port           = each.value
  cidr_blocks       = ["10.0.0.0/8"]
}

output "blocks" {
  value = [
    length(aws_iam_role.main.inline_policy),
    length(aws_launch_template.main.metadata_options),
    length(aws_launch_template.main.network_interfaces),
    [for it in aws_launch_template.main.tag_specifications : it.tags],
  ]
}

output "protocols" {
  value = {
    blocks = sort(aws_security_group.blocks.ingress[*].protocol)
    rules  = { for key, it in aws_security_group_rule.rules : key => it.protocol }
  }
}

output "tags" {
  value = [aws_vpc.main.tags, aws_vpc.main.tags_all, aws_ssm_parameter.main.tags_all]
}
