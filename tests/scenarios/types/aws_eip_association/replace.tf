resource "aws_eip_association" "subject" {
  instance_id   = aws_instance.support.id
  allocation_id = aws_eip.other.id
}
