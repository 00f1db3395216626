data "aws_ec2_instance_type" "v0" {
  instance_type = "t3.micro"
}

data "aws_ec2_instance_type" "v1" {}

data "aws_ec2_instance_type" "v2" {
  instance_type = "t3.micro"
  id            = "a"
}

data "aws_ec2_instance_type" "v3" {
  instance_type = "t3.micro"
  id            = ""
}

data "aws_ec2_instance_type" "v4" {
  instance_type = ""
}

data "aws_ec2_instance_type" "v5" {
  instance_type = "é"
}
