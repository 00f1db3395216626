resource "aws_launch_template" "subject" {
  name          = "launch-template-subject-2"
  image_id      = data.aws_ami.support.id
  instance_type = "t3.small"
}
