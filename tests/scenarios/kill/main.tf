# Objects of every way to be found again after a kill: by client token, by tag, by name, by what they join.

provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"

  tags = { Name = "kill" }

  provisioner "local-exec" {
    command = "echo ${self.id} > provisioned"
  }
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "main" {
  subnet_id      = aws_subnet.main.id
  route_table_id = aws_route_table.main.id
}

resource "aws_eip" "main" {
  domain = "vpc"

  depends_on = [aws_internet_gateway.main]
}

resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.main.id
  subnet_id     = aws_subnet.main.id
}

resource "aws_security_group" "main" {
  name   = "kill"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "main" {
  security_group_id            = aws_security_group.main.id
  ip_protocol                  = -1
  referenced_security_group_id = aws_security_group.main.id
}

data "aws_ami" "main" {
  most_recent = true
  owners      = ["099720109477"]
}

resource "aws_instance" "main" {
  ami                    = data.aws_ami.main.id
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.main.id
  vpc_security_group_ids = [aws_security_group.main.id]
}

resource "aws_iam_role" "main" {
  name = "kill"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "main" {
  role       = aws_iam_role.main.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_cloudwatch_log_group" "main" {
  name              = "kill"
  retention_in_days = 7
}

resource "aws_ssm_parameter" "main" {
  name  = "/kill"
  type  = "String"
  value = aws_vpc.main.id
}
