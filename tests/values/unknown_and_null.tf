variable "network" {
  default = "10.0.0.1/8"
}

variable "given" {}

variable "kind" {
  type    = string
  default = null
}

locals {
  tenancy = "nowhere"
  names = {
    a = "sg-a"
    b = "b"
  }
  unknown = terraform_data.it.id
}

resource "terraform_data" "it" {}

# A variable is unknown to validate, whatever its default.
resource "aws_subnet" "of_variable" {
  vpc_id     = "vpc-1"
  cidr_block = var.network
}

resource "aws_subnet" "of_resource" {
  vpc_id     = "vpc-1"
  cidr_block = terraform_data.it.id
}

resource "aws_vpc" "of_local" {
  cidr_block       = "10.0.0.0/16"
  instance_tenancy = local.tenancy
}

resource "aws_security_group" "each" {
  for_each = local.names
  name     = each.value
}

resource "aws_security_group" "each_in_place" {
  for_each = { a = "sg-a" }
  name     = each.value
}

resource "aws_vpc" "counted" {
  count      = 2
  cidr_block = "10.0.0.${count.index}/33"
}

resource "aws_vpc" "counted_none" {
  count      = 0
  cidr_block = "10.0.0.1/33"
}

resource "aws_security_group" "unknown_partner" {
  name        = "x"
  name_prefix = local.unknown
}

resource "aws_security_group" "null_partner" {
  name        = "x"
  name_prefix = null
}

resource "aws_security_group" "conditional" {
  name        = var.given ? "x" : null
  name_prefix = var.given ? null : "y"
}

resource "aws_route" "unknown_targets" {
  route_table_id         = "rtb-1"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = local.unknown
  nat_gateway_id         = local.unknown
}

resource "aws_route" "one_known_target" {
  route_table_id         = "rtb-1"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = "igw-1"
  nat_gateway_id         = local.unknown
}

resource "aws_route" "null_targets" {
  route_table_id         = "rtb-1"
  destination_cidr_block = "10.0.0.0/8"
  gateway_id             = var.kind
  nat_gateway_id         = null
}

resource "aws_instance" "nothing" {}

resource "aws_instance" "unknown_template" {
  launch_template {
    id = local.unknown
  }
}

resource "aws_instance" "unknown_ami" {
  ami = local.unknown
}

resource "aws_instance" "dynamic_template" {
  dynamic "launch_template" {
    for_each = var.given
    content {
      id = launch_template.value
    }
  }
}

resource "aws_instance" "two_of_one" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = "required"
  }
  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_instance" "no_such" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  flavour       = "large"
  flavours {}
}

resource "aws_instance" "null_in_list" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  vpc_security_group_ids = ["sg-1", null]
  secondary_private_ips  = [null, "x"]
}

resource "aws_security_group" "everything_with_ports" {
  name = "x"
  ingress {
    protocol    = "-1"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = -1
    from_port   = 0
    to_port     = 65535
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "backwards" {
  name = "x"
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 22
    cidr_blocks = ["10.0.0.1/8", "::/0", local.unknown]
  }
}

resource "aws_security_group" "as_attribute" {
  name = "x"
  ingress = [{
    protocol         = "tcp"
    from_port        = 22
    to_port          = 22.5
    cidr_blocks      = ["10.0.0.1/8"]
    ipv6_cidr_blocks = null
    prefix_list_ids  = null
    security_groups  = null
    self             = null
    description      = "ü"
  }]
}

resource "aws_security_group" "as_attribute_with_null" {
  name = "x"
  egress = [{
    protocol         = "tcp"
    from_port        = null
    to_port          = 22
    cidr_blocks      = []
    ipv6_cidr_blocks = []
    prefix_list_ids  = []
    security_groups  = []
    self             = false
    description      = ""
  }]
}

resource "aws_vpc_security_group_ingress_rule" "everything_with_ports" {
  security_group_id = "sg-1"
  ip_protocol       = "-1"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "two_sources" {
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0"
  cidr_ipv6         = local.unknown
}

resource "aws_vpc_security_group_egress_rule" "no_ports" {
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.1/0"
  tags              = { "aws:x" = "y" }
}

resource "aws_security_group_rule" "everything_with_ports" {
  security_group_id = "sg-1"
  type              = "ingress"
  protocol          = "-1"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "backwards" {
  security_group_id = "sg-1"
  type              = "ingress"
  protocol          = "sctp"
  from_port         = 80
  to_port           = 22
  cidr_blocks       = []
}

resource "aws_iam_role" "half_known_policy" {
  assume_role_policy = "{${local.unknown}"
}

resource "aws_iam_role" "encoded_twice" {
  assume_role_policy = jsonencode(jsonencode({ Version = "2012-10-17" }))
}

resource "aws_iam_role" "from_document" {
  assume_role_policy = data.aws_iam_policy_document.it.json
  managed_policy_arns = [
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "ReadOnlyAccess",
    local.unknown,
  ]
}

data "aws_iam_policy_document" "it" {
  statement {
    effect    = "allow"
    actions   = ["s3:*"]
    resources = ["*"]
  }
  statement {
    effect = local.unknown
    principals {
      type        = "AWS"
      identifiers = []
    }
  }
}

resource "aws_iam_role" "nearly_too_long" {
  name               = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "deprecated" {
  assume_role_policy = "{}"
  inline_policy {
    name   = "x"
    policy = "{"
  }
  inline_policy {
    name   = local.unknown
    policy = "{}"
  }
}

resource "aws_eip" "deprecated" {
  vpc = true
}

resource "aws_eip" "deprecated_null" {
  vpc = null
}

resource "aws_eip" "deprecated_unknown" {
  vpc = var.given
}

output "deprecated_name" {
  value = data.aws_region.it.name
}

data "aws_region" "it" {}

resource "aws_autoscaling_policy" "of_another_kind" {
  name                   = "x"
  autoscaling_group_name = "x"
  policy_type            = "SimpleScaling"
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "x"
    }
  }
}

resource "aws_autoscaling_policy" "steps_of_none" {
  name                   = "x"
  autoscaling_group_name = "x"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "x"
  }
}

resource "aws_autoscaling_group" "no_template" {
  max_size = 1
  min_size = 1
}

resource "aws_autoscaling_group" "tag" {
  max_size = 1
  min_size = 1
  launch_template {
    id   = "lt-1"
    name = "x"
  }
  tag {
    key   = "x"
    value = "y"
  }
}

resource "aws_launch_template" "requirements" {
  instance_requirements {}
}

resource "aws_ssm_parameter" "no_value" {
  name = "x"
  type = "String"
}

resource "aws_ssm_parameter" "two_values" {
  name             = "x"
  type             = "String"
  value            = "x"
  value_wo         = "y"
  value_wo_version = 1
}

resource "aws_ssm_parameter" "unknown_value" {
  name  = "x"
  type  = "String"
  value = local.unknown
}

resource "aws_nat_gateway" "public_with_count" {
  subnet_id                          = "subnet-1"
  secondary_private_ip_address_count = 1
}

resource "aws_nat_gateway" "private_with_address" {
  subnet_id         = "subnet-1"
  connectivity_type = "private"
  allocation_id     = "eipalloc-1"
}

resource "aws_key_pair" "numbers" {
  public_key = 1
  key_name   = true
}

resource "aws_vpc" "wrong_types" {
  cidr_block          = ["10.0.0.0/8"]
  enable_dns_support  = "maybe"
  ipv4_netmask_length = "x"
  tags                = "x"
}

resource "aws_nat_gateway" "timeouts" {
  subnet_id = "x"
  timeouts {
    create = "soon"
  }
}
