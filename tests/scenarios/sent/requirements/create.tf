provider "aws" {
  region = "eu-central-1"
}

data "aws_ami" "support" {
  most_recent = true
  owners      = ["099720109477"]
  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"]
  }
}

resource "aws_launch_template" "full" {
  name     = "full"
  image_id = data.aws_ami.support.id
  instance_requirements {
    accelerator_count {
      min = 1
      max = 2
    }
    accelerator_manufacturers = ["nvidia", "amd"]
    accelerator_names         = ["a100"]
    accelerator_total_memory_mib {
      min = 1
    }
    accelerator_types      = ["gpu"]
    allowed_instance_types = ["m5.*"]
    bare_metal             = "included"
    baseline_ebs_bandwidth_mbps {
      max = 500
    }
    burstable_performance                                   = "required"
    cpu_manufacturers                                       = ["intel"]
    instance_generations                                    = ["current"]
    local_storage                                           = "excluded"
    local_storage_types                                     = ["ssd"]
    max_spot_price_as_percentage_of_optimal_on_demand_price = 50
    memory_gib_per_vcpu {
      min = 0.5
      max = 4
    }
    memory_mib {
      min = 1024
    }
    network_bandwidth_gbps {
      min = 1.5
    }
    network_interface_count {
      min = 1
    }
    on_demand_max_price_percentage_over_lowest_price = 20
    require_hibernate_support                        = true
    total_local_storage_gb {
      max = 100.5
    }
    vcpu_count {
      min = 1
      max = 4
    }
  }
}

resource "aws_launch_template" "zero" {
  name = "zero"
  instance_requirements {
    accelerator_count {
      max = 0
    }
    excluded_instance_types = ["t2.*"]
    memory_mib {
      min = 1
      max = 2
    }
    require_hibernate_support                   = false
    spot_max_price_percentage_over_lowest_price = 100
    vcpu_count {
      min = 2
    }
  }
}

resource "aws_launch_template" "plain" {
  name          = "plain"
  image_id      = data.aws_ami.support.id
  instance_type = "t3.micro"
}

resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }

resource "aws_subnet" "s" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_autoscaling_group" "g" {
  name                = "g"
  min_size            = 0
  max_size            = 0
  vpc_zone_identifier = [aws_subnet.s.id]
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.plain.id
      }
      override {
        instance_requirements {
          accelerator_count {
            max = 0
          }
          memory_mib {
            min = 1000
          }
          vcpu_count {
            min = 1
            max = 2
          }
          network_bandwidth_gbps {
            min = 0.5
          }
          burstable_performance                       = "included"
          excluded_instance_types                     = ["t2.*"]
          require_hibernate_support                   = false
          spot_max_price_percentage_over_lowest_price = 10
        }
      }
    }
  }
}
