data "aws_ec2_instance_type" "agent" {
  instance_type = var.instance_type
  region        = var.region
}

data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"]
  region      = var.region

  filter {
    name   = "virtualization-type"
    values = ["hvm"]
  }

  filter {
    name   = "architecture"
    values = [element(data.aws_ec2_instance_type.agent.supported_architectures, 0)]
  }
}

resource "aws_launch_template" "agent" {
  name                   = local.name
  description            = "Instances of ${local.name}"
  image_id               = data.aws_ami.ubuntu.id
  instance_type          = var.instance_type
  update_default_version = true
  region                 = var.region

  instance_initiated_shutdown_behavior = "terminate"

  user_data = base64encode(templatefile("${path.module}/files/start.sh.tftpl", {
    name     = local.name
    log      = aws_cloudwatch_log_group.agent.name
    commands = var.commands
  }))

  network_interfaces {
    associate_public_ip_address = true
    delete_on_termination       = true
    security_groups             = [aws_security_group.agent.id]
  }

  block_device_mappings {
    device_name = "/dev/sda1"

    ebs {
      volume_size           = var.volume.size
      volume_type           = var.volume.type
      throughput            = var.volume.throughput
      encrypted             = true
      delete_on_termination = true
    }
  }

  iam_instance_profile {
    name = aws_iam_instance_profile.agent.name
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }

  dynamic "tag_specifications" {
    for_each = ["instance", "volume"]

    content {
      resource_type = tag_specifications.value
      tags          = { Name = local.name }
    }
  }
}

# While it is rolled out the group is empty, and the schedule below gives it its size; after that the variable does.
resource "aws_autoscaling_group" "agent" {
  name                = local.name
  min_size            = var.initial_deploy ? 0 : var.desired_capacity
  max_size            = var.initial_deploy ? 0 : var.desired_capacity
  desired_capacity    = var.initial_deploy ? 0 : var.desired_capacity
  vpc_zone_identifier = [for subnet in aws_subnet.agent : subnet.id]
  region              = var.region

  launch_template {
    id      = aws_launch_template.agent.id
    version = "$Default"
  }
}

resource "time_offset" "start" {
  count = var.initial_deploy && var.start_time == "now" ? 1 : 0

  offset_minutes = contains(local.offset, "minutes") ? element(local.offset, 0) : null
  offset_hours   = contains(local.offset, "hours") ? element(local.offset, 0) : null
  offset_days    = contains(local.offset, "days") ? element(local.offset, 0) : null
  offset_months  = contains(local.offset, "months") ? element(local.offset, 0) : null
}

resource "aws_autoscaling_schedule" "start" {
  count = var.initial_deploy ? 1 : 0

  scheduled_action_name  = "start"
  autoscaling_group_name = aws_autoscaling_group.agent.name
  min_size               = var.desired_capacity
  max_size               = var.desired_capacity
  desired_capacity       = var.desired_capacity
  start_time             = local.start_time
  region                 = var.region
}
