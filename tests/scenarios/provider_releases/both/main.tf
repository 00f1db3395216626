terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

resource "aws_eip" "own" {
  vpc = true
}

resource "aws_instance" "own" {
  ami                = "ami-1"
  instance_type      = "t3.micro"
  cpu_core_count     = 2
  force_destroy      = true
  placement_group    = "a"
  placement_group_id = "pg-1"
}

resource "aws_launch_template" "own" {
  elastic_gpu_specifications {
    type = "eg1.medium"
  }

  placement {
    group_id = "pg-1"
  }
}

resource "aws_nat_gateway" "zonal" {
}

resource "aws_nat_gateway" "regional" {
  availability_mode = "regional"
  vpc_id            = "vpc-1"
}

resource "aws_nat_gateway" "other" {
  availability_mode = "other"
  subnet_id         = "subnet-1"
}

resource "aws_cloudwatch_log_group" "own" {
  deletion_protection_enabled = true
}

data "aws_ami" "own" {
  most_recent         = true
  allow_unsafe_filter = true
}

# Of a type that rforge knows by its schema only.
resource "aws_flow_log" "own" {
  log_group_name = "x"
}

output "bucket_region" {
  value = aws_s3_bucket.own.bucket_region
}

resource "aws_s3_bucket" "own" {
}
