resource "aws_security_group" "web" {
  ingress {
    protocol    = "TCP"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["10.0.0.0/8", "10.1.0.0/16"]
    description = "offices"
  }

  ingress {
    protocol    = "6"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["10.0.0.0/8"]
    description = "homes"
  }
}
