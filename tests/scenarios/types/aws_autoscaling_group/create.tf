resource "aws_autoscaling_group" "subject" {
  name                = "autoscaling-group-subject"
  min_size            = 0
  max_size            = 2
  desired_capacity    = 1
  vpc_zone_identifier = [aws_subnet.support.id, aws_subnet.other.id]

  launch_template {
    id      = aws_launch_template.support.id
    version = "$Default"
  }
}
