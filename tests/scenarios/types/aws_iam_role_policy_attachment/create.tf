resource "aws_iam_role_policy_attachment" "subject" {
  role       = aws_iam_role.support.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}
