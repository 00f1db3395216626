resource "aws_vpc" "agent" {
  cidr_block = var.cidr_block
  region     = var.region

  tags = { Name = local.name }
}

resource "aws_internet_gateway" "agent" {
  vpc_id = aws_vpc.agent.id
  region = var.region

  tags = { Name = local.name }
}

resource "aws_subnet" "agent" {
  for_each = { for index, zone in local.zones : index => zone }

  vpc_id            = aws_vpc.agent.id
  cidr_block        = cidrsubnet(var.cidr_block, local.subnet_newbits, each.key)
  availability_zone = each.value
  region            = var.region

  tags = { Name = "${local.name}-${each.value}" }
}

resource "aws_route_table" "agent" {
  vpc_id = aws_vpc.agent.id
  region = var.region

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.agent.id
  }

  tags = { Name = local.name }
}

resource "aws_route_table_association" "agent" {
  for_each = { for index, subnet in aws_subnet.agent : index => subnet.id }

  route_table_id = aws_route_table.agent.id
  subnet_id      = each.value
  region         = var.region
}

# What AWS makes with the network is emptied, so that nothing joins it by accident.

resource "aws_default_route_table" "agent" {
  default_route_table_id = aws_vpc.agent.default_route_table_id
  route                  = []
  region                 = var.region

  tags = { Name = "${local.name} (default, unused)" }
}

resource "aws_default_security_group" "agent" {
  vpc_id = aws_vpc.agent.id
  region = var.region

  tags = { Name = "${local.name} (default, unused)" }
}
