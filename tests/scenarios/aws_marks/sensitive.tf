provider "aws" {
  region = "us-east-1"
  default_tags {
    tags = { d = "1" }
  }
}
resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "x", secret = sensitive("s") }
}
resource "aws_security_group" "g" {
  vpc_id      = aws_vpc.v.id
  name        = "g"
  description = "d"
  ingress {
    from_port   = 1
    to_port     = 2
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "11.0.0.0/8"]
    description = sensitive("in")
  }
  ingress {
    from_port   = 3
    to_port     = 4
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
resource "aws_ssm_parameter" "p" {
  name        = "/a"
  type        = "String"
  value       = sensitive("v")
  description = sensitive("d")
}
resource "aws_ssm_parameter" "insecure" {
  name           = "/b"
  type           = "String"
  insecure_value = sensitive("v")
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
  inline_policy {
    name   = "i"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = sensitive("s3:*"), Resource = "*" }] })
  }
}
resource "aws_launch_template" "t" {
  name      = "ttt"
  image_id  = "ami-12c6146b"
  user_data = sensitive("dXNlcg==")
  tag_specifications {
    resource_type = "instance"
    tags          = { a = "1", b = sensitive("2") }
  }
  network_interfaces {
    description     = sensitive("n")
    security_groups = [aws_security_group.g.id]
  }
}
resource "aws_cloudwatch_log_group" "l" {
  name              = "l"
  retention_in_days = sensitive(7)
}
