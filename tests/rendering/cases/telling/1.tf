resource "aws_ecr_repository" "a" {
  name = "a"
}

resource "aws_ecr_lifecycle_policy" "a" {
  repository = aws_ecr_repository.a.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 3 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_vpc" "changed" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "a", Team = "x" }
}

resource "aws_vpc" "beside" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = false
  tags                 = { Name = "b", Team = "y" }
}

output "all" {
  value = { name = ["x", "y"], tags = { a = "b", c = { d = "e" } }, other = ["x"], n = 1 }
}

output "changed" {
  value = { tags = { a = "b", c = { d = "e" } }, id = "x" }
}
