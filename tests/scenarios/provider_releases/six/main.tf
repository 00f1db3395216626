terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

resource "aws_eip" "own" {
  vpc = true
}

resource "aws_instance" "own" {
  ami                  = "ami-1"
  instance_type        = "t3.micro"
  cpu_core_count       = 2
  cpu_threads_per_core = 1

  lifecycle {
    ignore_changes = [cpu_core_count]
  }
}

resource "aws_launch_template" "own" {
  elastic_gpu_specifications {
    type = "eg1.medium"
  }

  dynamic "elastic_inference_accelerator" {
    for_each = ["eia1.medium"]
    content {
      type = elastic_inference_accelerator.value
    }
  }
}

# Of a type that rforge knows by its schema only.
resource "aws_flow_log" "own" {
  log_group_name = "x"
}

output "is_in_vpc" {
  value = aws_eip.own.vpc
}
