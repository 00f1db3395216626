resource "aws_autoscaling_group" "subject" {
  name                      = "autoscaling-group-subject"
  min_size                  = 1
  max_size                  = 3
  desired_capacity          = 2
  health_check_grace_period = 60
  default_cooldown          = 120
  vpc_zone_identifier       = [aws_subnet.support.id]

  launch_template {
    id      = aws_launch_template.support.id
    version = "$Latest"
  }

  tag {
    key                 = "Role"
    value               = "worker"
    propagate_at_launch = true
  }
}
