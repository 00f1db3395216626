variable "word" {
  default = "swordfish"
}

variable "size" {
  default = "t3.micro"
}

data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"]
  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"]
  }
}

resource "aws_instance" "script" {
  ami           = data.aws_ami.ubuntu.id
  instance_type = var.size
  user_data     = <<-END
    #!/bin/sh
    echo ${var.word} >/etc/password
  END
}

resource "aws_instance" "binary" {
  ami              = data.aws_ami.ubuntu.id
  instance_type    = "t3.micro"
  user_data_base64 = base64encode("echo ${var.word}")
}

resource "aws_launch_template" "template" {
  name      = "template"
  user_data = base64encode("echo ${var.word}")
}

output "digest" {
  value = aws_instance.script.user_data
}
