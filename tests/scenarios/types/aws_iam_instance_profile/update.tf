resource "aws_iam_instance_profile" "subject" {
  name = "iam-instance-profile-subject"
  role = aws_iam_role.other.name

  tags = { Name = "profile" }
}
