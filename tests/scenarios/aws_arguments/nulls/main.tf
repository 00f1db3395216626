resource "aws_instance" "web" {
  ami                    = "ami-12345678"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [null, "sg-12345678"]
}

resource "aws_launch_template" "web" {
  network_interfaces {
    security_groups = [null]
  }
}

resource "aws_autoscaling_group" "web" {
  availability_zones   = ["eu-central-1a"]
  max_size             = 1
  min_size             = 1
  termination_policies = ["Default", null]

  launch_template {
    id = "lt-12345678"
  }
}
