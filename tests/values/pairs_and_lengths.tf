terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}

resource "aws_launch_template" "other_kind" {
  network_interfaces {
    ipv6_addresses = ["1.2.3.4"]
  }
}

resource "aws_launch_template" "no_address" {
  network_interfaces {
    ipv6_addresses = ["zzz"]
  }
}

resource "aws_launch_template" "pairs" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    allowed_instance_types                                  = ["t3.micro"]
    excluded_instance_types                                 = ["t3.micro"]
    max_spot_price_as_percentage_of_optimal_on_demand_price = 1
    spot_max_price_percentage_over_lowest_price             = 1
  }
}

resource "aws_instance" "long" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = format("%16385s", "x")
}

resource "aws_instance" "not_too_long" {
  ami            = "ami-12345678"
  instance_type  = "t3.micro"
  user_data      = format("%16384s", "x")
  ipv6_addresses = ["1.2.3.4"]
}
