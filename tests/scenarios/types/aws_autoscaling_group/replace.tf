resource "aws_autoscaling_group" "subject" {
  name                = "autoscaling-group-subject-2"
  min_size            = 0
  max_size            = 1
  vpc_zone_identifier = [aws_subnet.support.id]

  launch_template {
    id      = aws_launch_template.support.id
    version = "$Latest"
  }
}
