resource "aws_key_pair" "subject" {
  key_name   = "key-pair-subject"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOOg02Nq1MBbYeEOYcCXTybxQw0RJPLCNAcsYpysSbjy rforge"

  tags = { Name = "key" }
}
