provider "aws" {
  region = "eu-central-1"
}

variable "asked" {
  default = true
}

data "aws_ami" "windows" {
  most_recent = true
  owners      = ["801119661308"]

  filter {
    name   = "platform"
    values = ["windows"]
  }
}

resource "aws_instance" "windows" {
  ami               = data.aws_ami.windows.id
  instance_type     = "t3.micro"
  get_password_data = var.asked
}

output "has_password" {
  value = length(aws_instance.windows.password_data) > 100
}
