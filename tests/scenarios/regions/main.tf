provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
}

provider "aws" {
  alias                       = "oregon"
  region                      = "us-west-2"
  skip_credentials_validation = true
}

# Three ways to name a region: the provider's, an alias, the argument.
resource "aws_vpc" "frankfurt" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "oregon" {
  provider   = aws.oregon
  cidr_block = "10.2.0.0/16"
}

resource "aws_vpc" "stockholm" {
  region     = "eu-north-1"
  cidr_block = "10.3.0.0/16"
}

output "regions" {
  value = [aws_vpc.frankfurt.region, aws_vpc.oregon.region, aws_vpc.stockholm.region]
}
