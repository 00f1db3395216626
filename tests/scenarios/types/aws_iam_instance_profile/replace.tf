resource "aws_iam_instance_profile" "subject" {
  name = "iam-instance-profile-subject-2"
  role = aws_iam_role.support.name
}
