locals {
  name = "${lower(replace(var.name, " ", "-"))}-${var.region}"

  zones = slice(data.aws_availability_zones.available.names, 0, min(var.zones, length(data.aws_availability_zones.available.names)))

  # Room for the subnets of eight zones; no region has more.
  subnet_newbits = 3

  # "15 minutes": the number and its unit.
  offset = split(" ", var.start_offset)

  start_time = var.start_time == "now" ? try(time_offset.start[0].rfc3339, null) : var.start_time
}

data "aws_availability_zones" "available" {
  state  = "available"
  region = var.region
}
