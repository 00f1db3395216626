resource "aws_key_pair" "subject" {
  key_name   = "key-pair-subject"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKMwyd4jY3vfC15DApUDgpysmRji9xnI50AH7nUy0EYq rforge"
}
