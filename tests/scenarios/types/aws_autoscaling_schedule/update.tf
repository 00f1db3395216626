resource "aws_autoscaling_schedule" "subject" {
  scheduled_action_name  = "autoscaling-schedule-subject"
  autoscaling_group_name = aws_autoscaling_group.support.name
  min_size               = 0
  max_size               = 2
  desired_capacity       = 2
  start_time             = "2099-02-01T06:00:00Z"
}
