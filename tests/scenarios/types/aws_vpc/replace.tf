resource "aws_vpc" "subject" {
  cidr_block           = "10.11.0.0/16"
  enable_dns_hostnames = true
  instance_tenancy     = "default"

  tags = { Name = "second" }
}
