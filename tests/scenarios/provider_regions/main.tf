variable "regions" {
  type = map(object({ range = string }))
  default = {
    eu-central-1 = { range = "10.1.0.0/16" }
    us-west-2    = { range = "10.2.0.0/16" }
  }
}

# Regions whose objects are to go: the provider keeps them until they are gone.
variable "leaving" {
  type    = set(string)
  default = []
}

# One provider for each region, instead of one block for each.
provider "aws" {
  alias                       = "by_region"
  for_each                    = setunion(keys(var.regions), var.leaving)
  region                      = each.key
  skip_credentials_validation = true
  default_tags {
    tags = { fleet = each.key }
  }
}

resource "aws_vpc" "main" {
  for_each   = var.regions
  provider   = aws.by_region[each.key]
  cidr_block = each.value.range
}

data "aws_region" "here" {
  for_each = var.regions
  provider = aws.by_region[each.key]
}

module "subnet" {
  source    = "./subnet"
  for_each  = var.regions
  providers = { aws = aws.by_region[each.key] }
  vpc       = aws_vpc.main[each.key].id
  range     = cidrsubnet(each.value.range, 8, 1)
}

output "regions" {
  value = { for key, vpc in aws_vpc.main : key => [vpc.region, data.aws_region.here[key].name, vpc.tags_all] }
}
