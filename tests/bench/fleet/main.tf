# A fleet of `units` modules with 20 objects each, for `make bench` and for counting requests.

variable "units" {
  type    = number
  default = 5
}

provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true

  default_tags {
    tags = { Suite = "fleet" }
  }
}

data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"]
}

module "unit" {
  source = "./unit"
  count  = var.units

  name     = "unit-${count.index}"
  image_id = data.aws_ami.ubuntu.id
}
